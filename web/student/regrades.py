"""Why a result is another one now, on the page of its submission."""

from __future__ import annotations

from dataclasses import dataclass

from grader.services.regrades.regrade_notes import Note, has_counted, notes_of
from grader.store.runs import GradingRun
from web.database import reading
from web.student.access import Seen


@dataclass(frozen=True, slots=True)
class RegradePanel:
    """What the page shows: the regrades that moved the result, and whether an earlier result is being looked at."""

    notes: list[Note]
    is_earlier: bool
    is_shadow: bool  # it never counted


def regrade_panel(seen: Seen, run: GradingRun | None, *, is_held: bool) -> RegradePanel | None:
    """For `student/_regrade_panel.html`; None where there is nothing to say."""
    if run is None:
        return None
    notes = [] if is_held else notes_of(reading(), seen.submission.id)
    told = [note for note in notes if note.is_moved or seen.is_staff_view]
    if not told and run.is_live:
        return None
    return RegradePanel(told, not run.is_live, not has_counted(reading(), run))
