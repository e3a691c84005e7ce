"""A grade as a cell of a table shows it: colour, number, sign and words."""

from __future__ import annotations

from dataclasses import dataclass

from grader.services.grades import ItemGrade
from grader.services.scores import NEARLY, share_of
from web.rendering import points, state_look

# A sign for each state without a number, so that no cell rests on its colour.
SIGNS = {"none": "·", "queued": "…", "failed": "!", "awaiting_marking": "✎"}


@dataclass(frozen=True, slots=True)
class Cell:
    """`look` is a class of the style sheets, `says` what a screen reader reads and a mouse finds."""

    look: str
    text: str
    attempts: int
    is_late: bool
    says: str


def cell_of(grade: ItemGrade | None) -> Cell:
    """How the grade is shown; None is shown as nothing handed in."""
    share = share_of(grade)
    if grade is None or (share is None and grade.score is None):
        state = "none" if grade is None else grade.state
        tries = 0 if grade is None else grade.attempts_used
        return Cell(f"cell-{state}", SIGNS.get(state, "?"), tries, False, state_look(state).label)
    is_late = grade.late_factor < 1
    says = f"{points(grade.score)} of {points(grade.max_score)} points"
    if grade.attempts_used:
        says += f", {grade.attempts_used} attempt{'' if grade.attempts_used == 1 else 's'}"
    if is_late:
        says += f", late: {points(grade.raw_score)} before it"
    return Cell(look_of(share), points(grade.score), grade.attempts_used, is_late, says)


def look_of(share: float | None) -> str:
    """The colour of a share of full marks. The deepest is for full marks only, the lightest for nothing only."""
    if share is None:
        return "heat-none"
    if share >= 1 - NEARLY:
        return "heat-10"
    if share <= NEARLY:
        return "heat-0"
    return f"heat-{min(9, max(1, int(share * 10 + NEARLY)))}"


def percent(share: float | None) -> str:
    """A share for a narrow column."""
    return "–" if share is None else f"{share * 100:.0f} %"
