"""Answers that two markers see differently, and how strict each marker is beside the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from grader.store.courses import AssignmentItem
from grader.store.marks import Mark
from grader.store.submissions import Submission, WrittenAnswer


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One answer with two marks; `settled` is what somebody decided, and None while nothing counts."""

    item: AssignmentItem
    submission_id: int
    marks: tuple[Mark, ...]
    settled: Mark | None

    @property
    def apart(self) -> float:
        """How many points lie between them."""
        points = [one.points for one in self.marks]
        return max(points) - min(points)


@dataclass(frozen=True, slots=True)
class Strictness:
    """One marker beside those who marked the same answers. `mean_apart` above 0: they give more than the others."""

    name: str
    marks: int
    shared: int  # that somebody else marked too
    mean_apart: float


def disagreements(session: Session, items: Sequence[AssignmentItem]) -> list[Disagreement]:
    """Those that are not settled first, then by how far they are apart."""
    found = []
    by_id = {item.id: item for item in items}
    for (item_id, submission_id), marks in _shared_marks(session, items).items():
        given = tuple(one for one in marks if not one.is_settled)
        settled = next((one for one in marks if one.is_settled), None)
        if len(given) >= 2:
            one = Disagreement(by_id[item_id], submission_id, given, settled)
            if one.apart > 0:
                found.append(one)
    return sorted(found, key=lambda one: (one.settled is not None, -one.apart, one.submission_id))


def strictness(session: Session, items: Sequence[AssignmentItem]) -> list[Strictness]:
    """Each marker's mean difference from who marked the same answers, the most generous first."""
    apart: defaultdict[int, list[float]] = defaultdict(list)
    counts: defaultdict[int, int] = defaultdict(int)
    names: dict[int, str] = {}
    for marks in _shared_marks(session, items).values():
        given = [one for one in marks if not one.is_settled]
        for one in given:
            names[one.marker_id] = one.marker.name
            counts[one.marker_id] += 1
            others = [other.points for other in given if other.marker_id != one.marker_id]
            if others:
                apart[one.marker_id].append(one.points - sum(others) / len(others))
    found = [
        Strictness(names[who], counts[who], len(apart[who]), sum(apart[who]) / len(apart[who]) if apart[who] else 0.0)
        for who in names
    ]
    return sorted(found, key=lambda one: (-one.mean_apart, one.name))


def _shared_marks(session: Session, items: Sequence[AssignmentItem]) -> dict[tuple[int, int], list[Mark]]:
    """All marks by item and submission."""
    marks: defaultdict[tuple[int, int], list[Mark]] = defaultdict(list)
    rows = session.execute(
        select(Submission.item_id, Mark)
        .join(Submission, Submission.id == Mark.submission_id)
        .join(WrittenAnswer, WrittenAnswer.submission_id == Submission.id)
        .where(Submission.item_id.in_([item.id for item in items]))
        .order_by(Submission.id, Mark.id)
        .options(joinedload(Mark.marker))
    )
    for item_id, one in rows:
        marks[item_id, one.submission_id].append(one)
    return marks
