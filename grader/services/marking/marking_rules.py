"""How an assignment's answers in words are marked: with names or without, by one marker or by two."""

from __future__ import annotations

from sqlalchemy.orm import Session

from grader.services import edits
from grader.services.edits import Faulty
from grader.services.marking.marking import recount_assignment
from grader.store.courses import Assignment

MOST_MARKERS = 2


def set_marking_rules(
    session: Session, assignment_id: int, *, is_marked_blind: bool, markers_wanted: int, actor_id: int
) -> None:
    """From now on; what counts for answers that are marked already is derived anew. Raises Faulty."""
    if markers_wanted not in range(1, MOST_MARKERS + 1):
        raise Faulty({"markers_wanted": "Each answer is marked by one or by two people."})
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True, populate_existing=True)
    before = _told(assignment)
    is_other_number = assignment.markers_wanted != markers_wanted
    assignment.is_marked_blind, assignment.markers_wanted = is_marked_blind, markers_wanted
    if before == _told(assignment):
        return
    session.flush()
    if is_other_number:
        recount_assignment(session, assignment_id)
    detail = {"before": before, "after": _told(assignment)}
    edits.record(session, "assignment.marking_changed", assignment, actor_id, detail)


def _told(assignment: Assignment) -> dict[str, object]:
    return {"is_marked_blind": assignment.is_marked_blind, "markers_wanted": assignment.markers_wanted}
