"""What another policy would do to the grades of a class, before anybody saves it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.services.courses.assignments import Details, details_of
from grader.services.courses.windows import Window, late_factor, windows_of_everybody
from grader.services.grades.grades import NEARLY, counting_attempt, derived
from grader.store.courses import Assignment, AssignmentItem
from grader.store.people import Person
from grader.store.standings import Standing
from grader.store.submissions import Submission
from grader.store.words import Purpose

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Mover:
    """A student whose sum over the assignment would be another one."""

    person_id: int
    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Preview:
    """Sums over the assignment's questions, of those who handed something in."""

    people: int
    up: int
    down: int
    mean_before: float | None
    mean_after: float | None
    movers: tuple[Mover, ...]  # those who move most


def preview(session: Session, assignment_id: int, details: Details) -> Preview:
    """The class's grades under the policy as it stands and as it is typed; nothing is changed."""
    assignment = session.get_one(Assignment, assignment_id)
    zone = assignment.course.time_zone
    # Never added to the session: it only carries the rules.
    edited = Assignment(id=assignment_id, course_id=assignment.course_id, **asdict(details))
    now, then = windows_of_everybody(session, assignment), windows_of_everybody(session, edited)
    sums: defaultdict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    whose = _affected(session, assignment, details, [now, then])
    for (item_id, person_id), score in _kept(session, assignment_id).items():
        if person_id not in whose.get(item_id, ()):
            for at in (0, 1):
                sums[person_id][at] += score or 0.0
    for grade, attempts in derived(session, assignment_id, whose):
        after = grade.score
        if not grade.is_overridden:
            window = then[grade.person_id]
            again = [one._replace(late_factor=late_factor(edited, window, one.submitted_at, zone)) for one in attempts]
            counts = counting_attempt(again, details.counting)
            after = None if counts is None or counts.raw_score is None else counts.raw_score * counts.late_factor
        sums[grade.person_id][0] += grade.score or 0.0
        sums[grade.person_id][1] += after or 0.0
    return _preview(session, dict(sums))


def _affected(
    session: Session, assignment: Assignment, details: Details, windows: list[defaultdict[int, Window]]
) -> dict[int, set[int]]:
    """Whose grade for which question may change: with something handed in after the first of all deadlines, or, where
    another attempt is to count, everybody's; and what is derived anew anyhow."""
    usual = [details_of(assignment).due_at, details.due_at]
    deadlines = [due for due in (*usual, *(one.due_at for of in windows for one in of.values())) if due is not None]
    items = select(AssignmentItem.id).where(AssignmentItem.assignment_id == assignment.id)
    late = select(Submission.item_id, Submission.person_id).where(
        Submission.item_id.in_(items), Submission.purpose == Purpose.SUBMIT
    )
    whose: defaultdict[int, set[int]] = defaultdict(set)
    if details.counting is assignment.counting:
        late = late.where(Submission.submitted_at > min(deadlines)) if deadlines else late.where(Submission.id < 0)
    stale = select(Standing.item_id, Standing.person_id).where(
        Standing.item_id.in_(items), Standing.revision != Standing.computed_revision
    )
    for query in (late.distinct(), stale):
        for item_id, person_id in session.execute(query):
            whose[item_id].add(person_id)
    return dict(whose)


def _kept(session: Session, assignment_id: int) -> dict[tuple[int, int], float | None]:
    found = session.execute(
        select(Standing.item_id, Standing.person_id, Standing.score)
        .join(AssignmentItem, AssignmentItem.id == Standing.item_id)
        .where(AssignmentItem.assignment_id == assignment_id)
    )
    return {(item_id, person_id): score for item_id, person_id, score in found}


def _preview(session: Session, sums: dict[int, list[float]]) -> Preview:
    moved = sorted(
        (who for who, (before, after) in sums.items() if abs(before - after) > NEARLY),
        key=lambda who: (-abs(sums[who][1] - sums[who][0]), who),
    )
    shown = moved[:SHOWN]
    names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(shown))).all())
    means = [sum(pair[at] for pair in sums.values()) / len(sums) if sums else None for at in (0, 1)]
    return Preview(
        people=len(sums),
        up=sum(after > before + NEARLY for before, after in sums.values()),
        down=sum(after < before - NEARLY for before, after in sums.values()),
        mean_before=means[0],
        mean_after=means[1],
        movers=tuple(Mover(who, names[who], sums[who][0], sums[who][1]) for who in shown),
    )
