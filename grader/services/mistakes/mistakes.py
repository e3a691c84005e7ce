"""Mistakes of a class: submissions that are wrong in the same way stand together.

A mistake is the signature that the engine gave a run (`grading_run.mistake`); it means something within one question of
one assignment. Counted are the live finished runs of attempts. Who is *stuck* handed in nothing else since.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, func, select, tuple_
from sqlalchemy.orm import Session, joinedload, undefer

from grader.pipeline.feedback import Audience, shown
from grader.services.grading.reports import decoded
from grader.services.mistakes.mistake_names import CaseSeen, called, fails_at, is_wrong, seen
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem
from grader.store.mistakes import MistakeComment
from grader.store.people import Person
from grader.store.questions import Question, QuestionVersion
from grader.store.runs import CaseOutcome, GradingRun
from grader.store.standings import Standing
from grader.store.submissions import Submission
from grader.store.words import Purpose, RunState
from grader.vocab import Visibility

MOST_SHOWN = 30
MOST_ALONE = 60
SAMPLES = 3
_LOOKED_AT = 60  # the newest submissions of a mistake that samples are chosen from
_COUNTED = 500  # for a result page, which says "and more" beyond
_READ = 12  # of those looked at, by different students
_LONGEST_NUMBER = 40
_LAYOUT = re.compile(rb"#[^\n]*|\s+")


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """One way of going wrong at a question. `stuck`: students whose last attempt has it."""

    item_id: int
    mistake: str
    stuck: int
    run_id: int  # one that has it; what it failed at, all of them did
    cases: tuple[CaseSeen, ...] = ()
    comment: MistakeComment | None = None
    given: str | None = None  # in the first public case that fails, where it is furthest off
    expected: str | None = None

    @property
    def name(self) -> str:
        """What staff call it, else what its diagnoses say."""
        return (self.comment.name if self.comment is not None else "") or called(self.cases)

    @property
    def where(self) -> str:
        """Where it shows."""
        return fails_at(self.cases)

    @property
    def is_told(self) -> bool:
        """Whether students are told something about it."""
        return self.comment is not None and bool(self.comment.text)


@dataclass(frozen=True, kw_only=True)
class Cluster(Mistake):
    """All who made it at any time."""

    students: int
    submissions: int


@dataclass(frozen=True, kw_only=True)
class Widespread(Mistake):
    """A mistake beside how many students have tried its question."""

    tried: int


@dataclass(frozen=True, slots=True)
class MadeIt:
    """A student who made a mistake, with their newest submission that has it."""

    person_id: int
    name: str
    submission_id: int
    is_stuck: bool


@dataclass(frozen=True, slots=True)
class Alone:
    """A student whose submission is wrong in a way that nobody else's is."""

    submission_id: int
    person_id: int
    person: str
    mistake: str
    name: str


@dataclass(frozen=True, slots=True)
class ItemMistakes:
    """The mistakes of one question: those that several students share, the most students first, and how many others."""

    clusters: tuple[Cluster, ...]
    smaller: int  # further mistakes that are shared, and not shown
    alone: tuple[Alone, ...]
    alone_total: int
    stuck: int  # students whose last attempt has any mistake


@dataclass(frozen=True, slots=True)
class Sample:
    """One submission of a mistake, with its source."""

    submission: Submission
    run: GradingRun


def mistakes_of_item(session: Session, item_id: int, *, most: int = MOST_SHOWN) -> ItemMistakes:
    """What goes wrong at the question, and how many share it."""
    rows = session.execute(
        select(
            GradingRun.mistake,
            func.count(Submission.person_id.distinct()).label("students"),
            func.count().label("submissions"),
            func.max(GradingRun.id),
        )
        .select_from(Submission)
        .join(GradingRun, and_(GradingRun.submission_id == Submission.id, GradingRun.is_live))
        .where(Submission.item_id == item_id, *_ATTEMPTS, GradingRun.mistake.is_not(None))
        .group_by(GradingRun.mistake)
    ).all()
    stuck = _stuck(session, item_id)
    found = [
        Cluster(
            item_id=item_id,
            mistake=mistake,
            stuck=stuck.get(mistake, 0),
            run_id=run_id,
            students=students,
            submissions=submissions,
        )
        for mistake, students, submissions, run_id in rows
        if mistake is not None
    ]
    shared = sorted((row for row in found if row.students > 1), key=_most_first)
    single = sorted((row for row in found if row.students == 1), key=lambda row: -row.run_id)
    return ItemMistakes(
        clusters=_with_numbers(session, _with_cases(session, shared[:most])),
        smaller=len(shared[most:]),
        alone=_alone(session, single[:MOST_ALONE]),
        alone_total=len(single),
        stuck=sum(stuck.values()),
    )


def largest_mistakes(
    session: Session, assignment_ids: Collection[int], *, most: int = MOST_SHOWN
) -> tuple[Widespread, ...]:
    """Over all questions of these assignments, the mistakes that most students are stuck in; at least two each."""
    # Looked up first: to join them, the database may read the standings of every course.
    items = session.scalars(select(AssignmentItem.id).where(AssignmentItem.assignment_id.in_(assignment_ids))).all()
    groups = (
        select(
            Standing.item_id,
            Standing.last_mistake,
            func.count().label("stuck"),
            func.max(Standing.last_submission_id).label("submission_id"),
        )
        .where(Standing.item_id.in_(items), Standing.last_mistake.is_not(None))
        .group_by(Standing.item_id, Standing.last_mistake)
        .having(func.count() > 1)
        .order_by(func.count().desc(), Standing.item_id, Standing.last_mistake)
        .limit(most)
        .subquery()
    )
    rows = session.execute(
        select(groups.c.item_id, groups.c.last_mistake, groups.c.stuck, GradingRun.id)
        .join(GradingRun, and_(GradingRun.submission_id == groups.c.submission_id, GradingRun.is_live))
        .order_by(groups.c.stuck.desc(), groups.c.item_id, groups.c.last_mistake)
    ).all()
    tried = _tried(session, {row[0] for row in rows})
    found = [
        Widespread(item_id=item_id, mistake=mistake, stuck=stuck, run_id=run_id, tried=tried[item_id])
        for item_id, mistake, stuck, run_id in rows
    ]
    return _with_numbers(session, _with_cases(session, found))


def cluster_of(session: Session, item_id: int, mistake: str) -> tuple[Cluster, list[MadeIt]]:
    """One mistake of the question and who made it, those stuck in it first; raises Refused where nobody did."""
    newest = (
        select(
            Submission.person_id,
            func.max(Submission.id).label("submission_id"),
            func.max(GradingRun.id).label("run_id"),
            func.count().label("submissions"),
        )
        .join(GradingRun, GradingRun.submission_id == Submission.id)
        .where(_has(item_id, mistake))
        .group_by(Submission.person_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Person.id,
            Person.name,
            newest.c.submission_id,
            Standing.last_mistake,
            newest.c.run_id,
            newest.c.submissions,
        )
        .join(newest, newest.c.person_id == Person.id)
        .outerjoin(Standing, and_(Standing.person_id == Person.id, Standing.item_id == item_id))
    ).all()
    if not rows:
        raise Refused(Reason.NOT_FOUND, "No submission to this question has that mistake (any more).")
    people = [
        MadeIt(person_id, name, submission_id, last == mistake) for person_id, name, submission_id, last, _, _ in rows
    ]
    cluster = Cluster(
        item_id=item_id,
        mistake=mistake,
        stuck=sum(each.is_stuck for each in people),
        run_id=max(row[4] for row in rows),
        students=len(people),
        submissions=sum(row[5] for row in rows),
    )
    people.sort(key=lambda each: (not each.is_stuck, each.name.casefold(), each.person_id))
    return _with_cases(session, [cluster])[0], people


def samples_of(session: Session, item_id: int, mistake: str, *, most: int = SAMPLES) -> list[Sample]:
    """Sources of different students, the newest first; of those that differ in comments and layout only, one."""
    rows = session.execute(
        select(Submission.id, Submission.person_id, Submission.source_sha256)
        .join(GradingRun, GradingRun.submission_id == Submission.id)
        .where(_has(item_id, mistake))
        .order_by(GradingRun.submission_id.desc())
        .limit(_LOOKED_AT)
    ).all()
    people: set[int] = set()
    texts: set[str] = set()
    candidates: list[int] = []
    for submission_id, person_id, digest in rows:
        if len(candidates) < _READ and person_id not in people and digest not in texts:
            candidates.append(submission_id)
            people.add(person_id)
            texts.add(digest)
    sources = session.execute(
        select(Submission.id, Submission.source).where(Submission.id.in_(candidates)).order_by(Submission.id.desc())
    )
    chosen: dict[bytes, int] = {}
    for submission_id, source in sources:
        chosen.setdefault(_LAYOUT.sub(b"", source), submission_id)
    found = session.execute(
        select(Submission, GradingRun)
        .join(GradingRun, and_(GradingRun.submission_id == Submission.id, GradingRun.is_live))
        .where(Submission.id.in_(list(chosen.values())[:most]))
        .options(
            undefer(Submission.source),
            undefer(GradingRun.report),
            joinedload(Submission.person),
            joinedload(Submission.version),
        )
        .order_by(Submission.id.desc())
    )
    return [Sample(submission, run) for submission, run in found]


def how_many_made_it(session: Session, item_id: int, mistake: str) -> tuple[int, bool]:
    """How many students, among the newest submissions that have it; and whether there are older ones still.

    Asked for by every result that has the mistake, so it must not grow with it.
    """
    newest = (
        select(Submission.person_id)
        .join(GradingRun, GradingRun.submission_id == Submission.id)
        .where(_has(item_id, mistake))
        .order_by(GradingRun.submission_id.desc())
        .limit(_COUNTED)
        .subquery()
    )
    students, submissions = session.execute(
        select(func.count(newest.c.person_id.distinct()), func.count(newest.c.person_id))
    ).one()
    return students, submissions == _COUNTED


def items_of(session: Session, assignment_ids: Collection[int]) -> dict[int, AssignmentItem]:
    """The questions of these assignments, with what a page names them by."""
    found = session.scalars(
        select(AssignmentItem)
        .where(AssignmentItem.assignment_id.in_(assignment_ids))
        .options(
            joinedload(AssignmentItem.question).joinedload(Question.live_version).load_only(QuestionVersion.title),
            joinedload(AssignmentItem.assignment),
        )
        .order_by(AssignmentItem.position, AssignmentItem.id)
    )
    return {item.id: item for item in found}


def assignments_of(session: Session, course_id: int) -> list[Assignment]:
    """All assignments of the course, in its order."""
    return list(
        session.scalars(
            select(Assignment).where(Assignment.course_id == course_id).order_by(Assignment.position, Assignment.id)
        )
    )


def live_comments(session: Session, pairs: Collection[tuple[int, str]]) -> dict[tuple[int, str], MistakeComment]:
    """What staff say of each of these (item, mistake), where they do."""
    if not pairs:
        return {}
    found = session.scalars(
        select(MistakeComment).where(
            tuple_(MistakeComment.item_id, MistakeComment.mistake).in_(pairs), MistakeComment.withdrawn_at.is_(None)
        )
    )
    return {(row.item_id, row.mistake): row for row in found}


Found = TypeVar("Found", bound=Mistake)
_ATTEMPTS: tuple[ColumnElement[bool], ...] = (
    Submission.purpose == Purpose.SUBMIT,
    GradingRun.state == RunState.FINISHED,
)


def _has(item_id: int, mistake: str) -> ColumnElement[bool]:
    """Of a submission joined with its run: that it is one of the mistake's."""
    return and_(GradingRun.is_live, GradingRun.mistake == mistake, Submission.item_id == item_id, *_ATTEMPTS)


def _stuck(session: Session, item_id: int) -> dict[str, int]:
    """How many are stuck in each mistake of the question."""
    rows = session.execute(
        select(Standing.last_mistake, func.count())
        .where(Standing.item_id == item_id, Standing.last_mistake.is_not(None))
        .group_by(Standing.last_mistake)
    )
    return {mistake: count for mistake, count in rows if mistake is not None}


def _tried(session: Session, item_ids: Collection[int]) -> dict[int, int]:
    """How many students have handed in something for each question."""
    rows = session.execute(
        select(Standing.item_id, func.count())
        .where(Standing.item_id.in_(item_ids), Standing.attempts > 0)
        .group_by(Standing.item_id)
    )
    return defaultdict(int, {row[0]: row[1] for row in rows})


def _with_cases(session: Session, found: Sequence[Found]) -> tuple[Found, ...]:
    """The same, each with its cases and with what staff say of it."""
    if not found:
        return ()
    cases: dict[int, list[CaseSeen]] = {each.run_id: [] for each in found}
    outcomes = session.scalars(
        select(CaseOutcome)
        .where(CaseOutcome.run_id.in_(cases.keys()))
        .order_by(CaseOutcome.run_id, CaseOutcome.position)
    )
    for outcome in outcomes:
        cases[outcome.run_id].append(seen(outcome))
    comments = live_comments(session, [(each.item_id, each.mistake) for each in found])
    return tuple(
        replace(each, cases=tuple(cases[each.run_id]), comment=comments.get((each.item_id, each.mistake)))
        for each in found
    )


def _with_numbers(session: Session, found: Sequence[Found]) -> tuple[Found, ...]:
    """The same, each with what it gives and what is expected: two mistakes may have one name, and differ in this."""
    if not found:
        return ()
    rows = session.execute(
        select(GradingRun.id, GradingRun.report).where(
            GradingRun.id.in_([each.run_id for each in found]), GradingRun.report.is_not(None)
        )
    )
    numbers = {run_id: _furthest_off(report) for run_id, report in rows if report is not None}
    return tuple(
        replace(each, given=given, expected=expected)
        for each in found
        for given, expected in [numbers.get(each.run_id, (None, None))]
    )


def _furthest_off(report: bytes) -> tuple[str | None, str | None]:
    for case in shown(decoded(report), Audience.STAFF).cases:
        if case.visibility is Visibility.PUBLIC and is_wrong(case.verdict) and case.details.worst is not None:
            given, expected = (str(case.details.worst.get(key, "")) for key in ("given", "expected"))
            if given and expected and max(len(given), len(expected)) <= _LONGEST_NUMBER:
                return given, expected
    return None, None


def _alone(session: Session, clusters: Sequence[Cluster]) -> tuple[Alone, ...]:
    by_run = {cluster.run_id: cluster for cluster in _with_cases(session, clusters)}
    rows = session.execute(
        select(GradingRun.id, Submission.id, Person.id, Person.name)
        .join(Submission, Submission.id == GradingRun.submission_id)
        .join(Person, Person.id == Submission.person_id)
        .where(GradingRun.id.in_(by_run.keys()))
        .order_by(GradingRun.id.desc())
    )
    return tuple(
        Alone(submission_id, person_id, person, by_run[run_id].mistake, by_run[run_id].name)
        for run_id, submission_id, person_id, person in rows
    )


def _most_first(cluster: Cluster) -> tuple[int, int, str]:
    return (-cluster.students, -cluster.submissions, cluster.mistake)
