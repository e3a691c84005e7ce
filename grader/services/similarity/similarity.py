"""How alike submissions of a question are: asked for by those who teach, compared by a worker, judged by a person.

Advice for TAs, and nobody's verdict: no grade depends on it, and students never see it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, undefer

from grader.services.auditing import audit
from grader.services.edits import Faulty
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem, Course, Enrolment
from grader.store.people import Person
from grader.store.questions import Question, QuestionVersion
from grader.store.similarity import SimilarityCheck, SimilarPair
from grader.store.standings import Standing
from grader.store.submissions import Submission
from grader.store.words import CourseRole, Purpose, SimilarityState

JUDGEMENTS = ("harmless", "look", "reported")
MAX_NOTE_CHARACTERS = 2_000
# Of years before: the newest, beyond which a comparison takes a worker too long.
MOST_EARLIER = 3_000


@dataclass(frozen=True, slots=True)
class Side:
    """One of two submissions that are alike, and where it was handed in."""

    submission: Submission
    person: Person
    course: Course


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that stand out, with what a person thought of it."""

    row: SimilarPair
    a: Side
    b: Side


@dataclass(frozen=True, slots=True)
class Overview:
    """One question of a course: its last comparison, and how many pairs of it nobody has judged."""

    item: AssignmentItem
    check: SimilarityCheck | None
    pairs: int
    unjudged: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """A submission to compare: each student's one that counts."""

    submission_id: int
    person_id: int
    item_id: int


def ask(session: Session, item_id: int, *, actor_id: int, now: dt.datetime) -> SimilarityCheck:
    """Have a worker compare the submissions; what is asked for twice is done once. Raises Refused."""
    item = session.get(AssignmentItem, item_id, with_for_update=True)
    if item is None:
        raise Refused(Reason.NOT_FOUND, "There is no such question in the assignment.")
    if not is_code(item):
        raise Refused(Reason.INVALID, "Only programs are compared; this question is answered in words.")
    waiting = session.scalars(
        select(SimilarityCheck).where(
            SimilarityCheck.item_id == item_id,
            SimilarityCheck.state.in_((SimilarityState.QUEUED, SimilarityState.RUNNING)),
        )
    ).first()
    if waiting is not None:
        return waiting
    if session.scalar(select(Submission.id).where(Submission.item_id == item_id).limit(1)) is None:
        raise Refused(Reason.CONFLICT, "Nobody has handed in anything yet: there is nothing to compare.")
    check = SimilarityCheck(
        course_id=item.assignment.course_id,
        item_id=item_id,
        state=SimilarityState.QUEUED,
        asked_by=actor_id,
        queued_at=now,
    )
    session.add(check)
    session.flush()
    audit.record(session, "similarity.asked", f"item:{item_id}", actor_id=actor_id, course_id=check.course_id, now=now)
    return check


def is_code(item: AssignmentItem) -> bool:
    """Whether programs are handed in for it."""
    version = item.question.live_version
    return version is not None and version.kind == "code"


def chosen(session: Session, item: AssignmentItem) -> list[Chosen]:
    """Each student's submission that counts, else their last: of this item first, then of the question elsewhere."""
    here = _of_items(session, [item.id])
    elsewhere = session.scalars(
        select(AssignmentItem.id)
        .where(AssignmentItem.question_id == item.question_id, AssignmentItem.id != item.id)
        .order_by(AssignmentItem.id.desc())
    ).all()
    earlier = sorted(_of_items(session, elsewhere), key=lambda one: -one.submission_id)[:MOST_EARLIER]
    return [*here, *earlier]


def sources(session: Session, submission_ids: Sequence[int]) -> dict[int, bytes]:
    """The sources, by submission."""
    rows = session.execute(select(Submission.id, Submission.source).where(Submission.id.in_(submission_ids)))
    return {row.id: row.source for row in rows}


def given_to_everybody(session: Session, question_id: int) -> list[tuple[str, str]]:
    """Starter and statement of every version."""
    rows = session.execute(
        select(QuestionVersion.starter, QuestionVersion.statement).where(QuestionVersion.question_id == question_id)
    )
    return [(starter, statement) for starter, statement in rows]


def keep_pairs(session: Session, check_id: int, item_id: int, pairs: Sequence[SimilarPair]) -> None:
    """The pairs of a comparison; what was said of the same two before is said of them again."""
    before = session.scalars(
        select(SimilarPair)
        .join(SimilarityCheck, SimilarityCheck.id == SimilarPair.check_id)
        .where(SimilarityCheck.item_id == item_id, SimilarPair.judged_at.is_not(None))
        .order_by(SimilarPair.id)
    )
    judged = {(one.a_id, one.b_id): one for one in before}
    for pair in pairs:
        pair.check_id = check_id
        known = judged.get((pair.a_id, pair.b_id))
        if known is not None:
            pair.verdict, pair.note = known.verdict, known.note
            pair.judged_by, pair.judged_at = known.judged_by, known.judged_at
    session.add_all(pairs)


def overview(session: Session, course_id: int) -> list[Overview]:
    """Every question of the course for which programs are handed in, in its order."""
    items = session.scalars(
        select(AssignmentItem)
        .join(AssignmentItem.assignment)
        .where(Assignment.course_id == course_id)
        .order_by(Assignment.position, Assignment.id, AssignmentItem.position, AssignmentItem.id)
        .options(
            contains_eager(AssignmentItem.assignment),
            joinedload(AssignmentItem.question)
            .joinedload(Question.live_version)
            .load_only(QuestionVersion.title, QuestionVersion.kind),
        )
    ).all()
    last = select(func.max(SimilarityCheck.id)).where(SimilarityCheck.course_id == course_id)
    found = session.scalars(
        select(SimilarityCheck).where(SimilarityCheck.id.in_(last.group_by(SimilarityCheck.item_id)))
    )
    checks = {check.item_id: check for check in found}
    finished = last.where(SimilarityCheck.state == SimilarityState.FINISHED).group_by(SimilarityCheck.item_id)
    counts = {
        item_id: (pairs, pairs - judged)
        for item_id, pairs, judged in session.execute(
            select(SimilarityCheck.item_id, func.count(), func.count(SimilarPair.judged_at))
            .join(SimilarPair, SimilarPair.check_id == SimilarityCheck.id)
            .where(SimilarityCheck.id.in_(finished))
            .group_by(SimilarityCheck.item_id)
        )
    }
    return [Overview(item, checks.get(item.id), *counts.get(item.id, (0, 0))) for item in items if is_code(item)]


def last_checks(session: Session, item_id: int) -> tuple[SimilarityCheck | None, SimilarityCheck | None]:
    """The last comparison, and the last that came to an end."""
    query = select(SimilarityCheck).where(SimilarityCheck.item_id == item_id).order_by(SimilarityCheck.id.desc())
    last = session.scalars(query.limit(1)).first()
    finished = session.scalars(query.where(SimilarityCheck.state == SimilarityState.FINISHED).limit(1)).first()
    return last, finished


def pairs_of(session: Session, check_id: int) -> list[Pair]:
    """The pairs of one comparison: what nobody has judged first, then the most alike."""
    return _pairs(session, SimilarPair.check_id == check_id)


def pair_of(session: Session, item_id: int, pair_id: int) -> Pair | None:
    """One pair of the item, with both sources."""
    found = _pairs(
        session,
        (SimilarPair.id == pair_id)
        & SimilarPair.check_id.in_(select(SimilarityCheck.id).where(SimilarityCheck.item_id == item_id)),
        with_source=True,
    )
    return found[0] if found else None


def judge(
    session: Session, pair_id: int, *, course_id: int, verdict: str | None, note: str, actor_id: int, now: dt.datetime
) -> None:
    """What a person thinks of a pair; None takes it back. Raises Refused and Faulty."""
    pair = session.get(SimilarPair, pair_id, with_for_update=True)
    if pair is None:
        raise Refused(Reason.NOT_FOUND, "There is no such pair.")
    note = note.replace("\0", "").strip()
    if verdict is not None and verdict not in JUDGEMENTS:
        raise Faulty({"verdict": "Choose one of: harmless, look into it, reported."})
    if len(note) > MAX_NOTE_CHARACTERS:
        raise Faulty({"note": f"A note has at most {MAX_NOTE_CHARACTERS:,} characters."})
    before = {"verdict": pair.verdict, "note": pair.note}
    pair.verdict, pair.note = verdict, note
    is_judged = verdict is not None or bool(note)
    pair.judged_by, pair.judged_at = (actor_id, now) if is_judged else (None, None)
    detail = {"before": before, "after": {"verdict": verdict, "note": note}, "of": [pair.a_id, pair.b_id]}
    subject = f"similar_pair:{pair_id}"
    audit.record(session, "similarity.judged", subject, actor_id=actor_id, course_id=course_id, detail=detail, now=now)


def _of_items(session: Session, item_ids: Sequence[int]) -> list[Chosen]:
    """Of each student of each item one submission."""
    if not item_ids:
        return []
    rows = session.execute(
        select(Submission.item_id, Submission.person_id, func.max(Submission.id), func.max(Standing.submission_id))
        .join(Enrolment, (Enrolment.course_id == Submission.course_id) & (Enrolment.person_id == Submission.person_id))
        .outerjoin(Standing, (Standing.item_id == Submission.item_id) & (Standing.person_id == Submission.person_id))
        .where(
            Submission.item_id.in_(item_ids),
            Submission.purpose == Purpose.SUBMIT,
            Enrolment.role == CourseRole.STUDENT,
        )
        .group_by(Submission.item_id, Submission.person_id)
        .order_by(Submission.item_id, Submission.person_id)
    )
    return [Chosen(counts or last, person_id, item_id) for item_id, person_id, last, counts in rows]


def _pairs(session: Session, which: object, *, with_source: bool = False) -> list[Pair]:
    a, b = aliased(Submission), aliased(Submission)
    person_a, person_b, course_a, course_b = aliased(Person), aliased(Person), aliased(Course), aliased(Course)
    query = (
        select(SimilarPair, a, person_a, course_a, b, person_b, course_b)
        .join(a, a.id == SimilarPair.a_id)
        .join(person_a, person_a.id == a.person_id)
        .join(course_a, course_a.id == a.course_id)
        .join(b, b.id == SimilarPair.b_id)
        .join(person_b, person_b.id == b.person_id)
        .join(course_b, course_b.id == b.course_id)
        .where(which)  # type: ignore[arg-type]
        .order_by(SimilarPair.judged_at.is_not(None), SimilarPair.share.desc(), SimilarPair.id)
    )
    if with_source:
        query = query.options(undefer(a.source), undefer(b.source))
    return [
        Pair(row, Side(of_a, who_a, where_a), Side(of_b, who_b, where_b))
        for row, of_a, who_a, where_a, of_b, who_b, where_b in session.execute(query)
    ]
