"""A grade as a cell of a table shows it: colour, number, sign and words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from grader.services.dashboards.scores import share_of
from grader.services.grades.grades import NEARLY, ItemGrade
from web.rendering import points, state_look

# A sign for each state without a number, so that no cell rests on its colour.
SET_BY_HAND = "*"
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
    if grade is None:
        return _NOTHING
    # Whose it is does not show, and a class has few different ones.
    return _shown(grade._replace(item_id=0, person_id=0, submission_id=None))


@lru_cache(maxsize=10_000)
def _shown(grade: ItemGrade) -> Cell:
    share = share_of(grade)
    if share is None and grade.score is None:
        label = state_look(grade.state).label
        return Cell(f"cell-{grade.state}", SIGNS.get(grade.state, "?"), grade.attempts_used, False, label)
    is_late = grade.late_factor < 1 and not grade.is_overridden
    says = f"{points(grade.score)} of {points(grade.max_score)} points"
    if grade.attempts_used:
        says += f", {grade.attempts_used} attempt{'' if grade.attempts_used == 1 else 's'}"
    if is_late:
        says += f", late: {points(grade.raw_score)} before it"
    text = points(grade.score)
    if grade.is_overridden:
        says += ", set by hand"
        text += SET_BY_HAND
    return Cell(look_of(share), text, grade.attempts_used, is_late, says)


def look_of(share: float | None) -> str:
    """The colour of a share of full marks. The deepest is for full marks only, the lightest for nothing only."""
    if share is None:
        return "heat-none"
    if share >= 1 - NEARLY:
        return "heat-10"
    if share <= NEARLY:
        return "heat-0"
    return f"heat-{min(9, max(1, int(share * 10 + NEARLY)))}"


_NOTHING = Cell("cell-none", SIGNS["none"], 0, False, state_look("none").label)


def percent(share: float | None) -> str:
    """A share for a narrow column."""
    return "–" if share is None else f"{share * 100:.0f} %"
