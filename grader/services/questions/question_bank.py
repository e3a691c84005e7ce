"""The published questions as staff see them: versions, use, how a course does in them, and what only staff may read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import msgspec
from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session, joinedload, load_only, undefer

from grader.pipeline.feedback import Audience
from grader.services.access import VERBS, Verb
from grader.services.questions.publish import files_of
from grader.services.refusals import Reason, Refused
from grader.spec.model import QuestionSpec
from grader.spec.question import ANSWER_FILE, SOLUTION_FILE
from grader.store.courses import Assignment, AssignmentItem, Enrolment
from grader.store.people import Person
from grader.store.questions import Question, QuestionVersion
from grader.store.standings import Standing

# What lists say of a version: specs and statements of a whole bank are long.
_IN_LISTS = (
    QuestionVersion.question_id,
    QuestionVersion.number,
    QuestionVersion.title,
    QuestionVersion.kind,
    QuestionVersion.device,
    QuestionVersion.max_score,
    QuestionVersion.published_at,
)
# Shares are sums of fractions.
SOLVED = 1.0 - 1e-9


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of the bank. `people` and `solvers` are of this course: who was graded, and who was accepted."""

    question: Question
    version: QuestionVersion
    versions: int
    used_in: tuple[Assignment, ...]  # of this course
    people: int
    solvers: int

    @property
    def pass_rate(self) -> float | None:
        """The share of people who solved it, of those who tried; None while nobody has."""
        return self.solvers / self.people if self.people else None


@dataclass(frozen=True, slots=True)
class Secrets:
    """What of a version only staff may read."""

    solution: str
    answer_key: str  # of a written question, as its author wrote it
    files: tuple[str, ...]  # the names of everything that was published


def entries(
    session: Session,
    course_id: int,
    *,
    text: str = "",
    question_id: int | None = None,
    with_retired: bool = True,
    with_rates: bool = True,
) -> list[Entry]:
    """The bank by name: questions whose name or title holds every word of the text, or the one asked for."""
    query = (
        select(Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == Question.live_version_id)
        .options(load_only(*_IN_LISTS))
        .order_by(Question.name)
    )
    for word in text.split():
        query = query.where(
            or_(Question.name.icontains(word, autoescape=True), QuestionVersion.title.icontains(word, autoescape=True))
        )
    if question_id is not None:
        query = query.where(Question.id == question_id)
    if not with_retired:
        query = query.where(Question.retired_at.is_(None))
    found = session.execute(query).all()
    versions = dict(
        session.execute(select(QuestionVersion.question_id, func.count()).group_by(QuestionVersion.question_id)).all()
    )
    used: dict[int, list[Assignment]] = {}
    items: dict[int, list[int]] = {}
    for its_id, item_id, assignment in session.execute(
        select(AssignmentItem.question_id, AssignmentItem.id, Assignment)
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .where(Assignment.course_id == course_id)
        .order_by(Assignment.position, Assignment.id)
    ):
        used.setdefault(its_id, []).append(assignment)
        items.setdefault(its_id, []).append(item_id)
    shown = [question.id for question, _ in found]
    rates = _people_and_solvers(session, {id_: items[id_] for id_ in shown if id_ in items}) if with_rates else {}
    return [
        Entry(
            question, version, versions[question.id], tuple(used.get(question.id, ())), *rates.get(question.id, (0, 0))
        )
        for question, version in found
    ]


def versions_of(session: Session, question_id: int) -> list[QuestionVersion]:
    """All versions, the newest first."""
    return list(
        session.scalars(
            select(QuestionVersion)
            .where(QuestionVersion.question_id == question_id)
            .options(joinedload(QuestionVersion.question))
            .order_by(QuestionVersion.number.desc())
        )
    )


def may_read_secrets(session: Session, person: Person, question_id: int) -> bool:
    """Whether nothing speaks against showing the person hidden cases and the reference solution.

    The bank is shared between courses: somebody who helps in one course must not read there what is asked of them as a
    student in another.
    """
    if person.is_admin:
        return True
    unprivileged = [role for role, verbs in VERBS.items() if Verb.VIEW_QUESTIONS not in verbs]
    asked = session.scalar(
        select(func.count())
        .select_from(Enrolment)
        .join(Assignment, Assignment.course_id == Enrolment.course_id)
        .join(AssignmentItem, AssignmentItem.assignment_id == Assignment.id)
        .where(
            Enrolment.person_id == person.id,
            Enrolment.ended_at.is_(None),
            Enrolment.role.in_(unprivileged),
            AssignmentItem.question_id == question_id,
        )
    )
    return not asked


def audience_for(session: Session, person: Person, question_id: int, verbs: Collection[Verb]) -> Audience:
    """With which eyes somebody with these verbs in a course sees results of the question there.

    Whoever helps in one course and is asked the same question in another sees what students see, and nothing that was
    opened to one of them.
    """
    if Verb.VIEW_ANY not in verbs:
        return Audience.STUDENT
    return Audience.STAFF if may_read_secrets(session, person, question_id) else Audience.ASKED_ELSEWHERE


def secrets_of(session: Session, version_id: int) -> Secrets:
    """The reference solution and the names of all files, for whoever `may_read_secrets`."""
    version = session.get(QuestionVersion, version_id, options=[undefer(QuestionVersion.files)])
    if version is None:
        raise Refused(Reason.NOT_FOUND, "There is no such version.")
    files = files_of(version)
    solution, key = (files.get(name, b"").decode("utf-8-sig", "replace") for name in (SOLUTION_FILE, ANSWER_FILE))
    return Secrets(solution, key, tuple(sorted(files)))


def spec_of(version: QuestionVersion) -> QuestionSpec:
    """The version's question.toml, without the answer key of a written question."""
    return msgspec.convert(version.spec, QuestionSpec)


def published_by(session: Session, versions: list[QuestionVersion]) -> dict[int, str]:
    """Names of those who published, by person."""
    ids = {version.published_by for version in versions if version.published_by is not None}
    return dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())


def _people_and_solvers(session: Session, items: dict[int, list[int]]) -> dict[int, tuple[int, int]]:
    """From the standings of these items by question: who was graded, and whose best attempt earned everything."""
    item_ids = [item_id for of in items.values() for item_id in of]
    is_solver = case((Standing.best_share >= SOLVED, 1))
    rows = session.execute(
        select(Standing.item_id, func.count(), func.count(is_solver))
        .where(Standing.item_id.in_(item_ids), Standing.best_share.is_not(None))
        .group_by(Standing.item_id)
    )
    by_item = {row[0]: (row[1], row[2]) for row in rows}
    found = {}
    for question_id, of in items.items():
        if len(of) == 1:
            found[question_id] = by_item.get(of[0], (0, 0))
            continue
        # Asked more than once: people count once. To count different people is dear, and this is rare.
        solver = case((Standing.best_share >= SOLVED, Standing.person_id))
        people, solvers = session.execute(
            select(func.count(Standing.person_id.distinct()), func.count(solver.distinct())).where(
                Standing.item_id.in_(of), Standing.best_share.is_not(None)
            )
        ).one()
        found[question_id] = (people, solvers)
    return found
