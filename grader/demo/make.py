"""Writes the demo into an empty database. Nothing is graded here: every run waits in the bulk lane for a worker."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from random import Random

from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.demo.cast import ADA, PASSWORD, SECTIONS, STUDENTS, TEACHERS, Login, logins
from grader.demo.decisions import Decisions
from grader.demo.history import Times, Work, history_of, plain
from grader.demo.plan import COURSE_SLUG, COURSE_TITLE, ZONE, Plan, at, plans_for
from grader.demo.written import answer_written
from grader.services.grades.standings import touch_everything
from grader.services.people.accounts import create_person
from grader.services.questions.publish import publish
from grader.spec import Bank
from grader.spec.samples import Sample, samples_of
from grader.store.database import Database
from grader.store.models import (
    Allowance,
    Assignment,
    AssignmentItem,
    Course,
    Draft,
    Enrolment,
    Extension,
    GradingRun,
    QuestionVersion,
    Section,
    SectionWindow,
    Submission,
)
from grader.store.words import CourseRole, Lane, Origin, Purpose

SEED = 2026
MOST_SUBMISSIONS = 900  # programs; a worker with two cores grades them in about a minute

# Somebody was ill, and somebody lost attempts without a fault of theirs: (assignment, student, days, attempts, why).
EXTENSIONS = (
    ("regression", "greta", 5, 0, "Ill from Monday to Friday; Sam has seen the certificate."),
    ("likelihood", "hugo", 0, 2, "Two attempts went to the wrong question while its link was wrong in the handout."),
)


@dataclass(frozen=True, slots=True)
class _Set:
    """An assignment as it was made."""

    plan: Plan
    assignment: Assignment
    items: dict[str, AssignmentItem]  # by question
    versions: dict[str, QuestionVersion]  # by question


def make_demo(database: Database, bank: Bank, *, now: dt.datetime | None = None, seed: int = SEED) -> list[Login]:
    """Fill an empty database with the demo course; who can log in. The same seed and day make the same course."""
    now = (now or utc_now()).replace(microsecond=0)
    random = Random(seed)  # noqa: S311  # a story, not a secret
    with database.transaction() as session:
        _Maker(session, bank, now, random).make()
    return logins()


class _Maker:
    def __init__(self, session: Session, bank: Bank, now: dt.datetime, random: Random) -> None:
        self._session = session
        self._bank = bank
        self._now = now
        self._random = random
        self._began_at = at(now, -45, 9)
        self._people: dict[str, int] = {}
        self._sections: list[Section] = []
        self._samples: dict[str, tuple[Sample, ...]] = {}

    def make(self) -> None:
        self._make_people()
        self._make_course()
        self._enrol()
        sets = [self._make_set(position, plan, ids) for position, (plan, ids) in enumerate(plans_for(self._bank.ids()))]
        for made in sets:
            self._extend(made)
        works = [(made, work) for made in sets for work in self._works(made)]
        self._hand_in(_at_most(works, MOST_SUBMISSIONS))
        for made in sets:
            self._answer(made)
            self._leave_drafts(made)
        self._session.flush()
        Decisions(self._session, self._course.id, self._people, self._now).make()
        touch_everything(self._session, self._course.id)

    def _make_people(self) -> None:
        named = [(student.login, student.name) for student in STUDENTS]
        named += [(login, name) for login, name, _ in TEACHERS]
        password_hash = None
        for login, name in named:
            # One hash for all: a deliberate second of work each would be most of the demo's start.
            person = create_person(self._session, login, name, password=None if password_hash else PASSWORD)
            password_hash = password_hash or person.password_hash
            person.password_hash = password_hash
            person.email = f"{login}@example.org"
            person.created_at = self._began_at
            self._session.flush()
            self._people[login] = person.id

    def _make_course(self) -> None:
        term = f"Autumn {self._now.year}" if self._now.month >= 8 else f"Spring {self._now.year}"
        self._course = Course(
            slug=COURSE_SLUG, title=COURSE_TITLE, term=term, time_zone=ZONE, created_at=self._began_at
        )
        self._session.add(self._course)
        self._session.flush()
        self._sections = [Section(course_id=self._course.id, name=name) for name in SECTIONS]
        self._session.add_all(self._sections)
        self._session.flush()

    def _enrol(self) -> None:
        for place, student in enumerate(STUDENTS):
            self._enrol_one(student.login, CourseRole.STUDENT, self._sections[place % 2])
        for login, _, role in TEACHERS:
            self._enrol_one(login, role, None)
        self._session.flush()

    def _enrol_one(self, login: str, role: CourseRole, section: Section | None) -> None:
        self._session.add(
            Enrolment(
                course_id=self._course.id,
                person_id=self._people[login],
                section_id=section and section.id,
                role=role,
                created_at=self._began_at,
            )
        )

    def _make_set(self, position: int, plan: Plan, question_ids: list[str]) -> _Set:
        assignment = Assignment(
            course_id=self._course.id,
            slug=plan.slug,
            title=plan.title,
            intro=plan.intro,
            position=position,
            opens_at=at(self._now, plan.opens_in_d, 9),
            due_at=at(self._now, plan.due_in_d, 17),
            closes_at=at(self._now, plan.closes_in_d, 17),
            late_kind=plan.late_kind,
            late_share=plan.late_share,
            attempts_allowed=plan.attempts_allowed,
            counting=plan.counting,
            created_at=self._began_at,
        )
        self._session.add(assignment)
        self._session.flush()
        if plan.thursday_d:
            self._session.add(
                SectionWindow(
                    assignment_id=assignment.id,
                    section_id=self._sections[1].id,
                    due_at=at(self._now, plan.due_in_d + plan.thursday_d, 17),
                    closes_at=at(self._now, plan.closes_in_d + plan.thursday_d, 17),
                )
            )
        made = _Set(plan, assignment, {}, {})
        for place, question_id in enumerate(question_ids):
            version = self._version_of(question_id)
            item = AssignmentItem(
                assignment_id=assignment.id,
                question_id=version.question_id,
                slug=question_id.rpartition("/")[2],
                position=place,
            )
            self._session.add(item)
            made.items[question_id] = item
            made.versions[question_id] = version
        self._session.flush()
        return made

    def _version_of(self, question_id: str) -> QuestionVersion:
        question = self._bank.get(question_id)
        self._samples[question_id] = samples_of(question.files)
        published = publish(self._session, question, published_by=self._people["sam"])
        version = self._session.get_one(QuestionVersion, published.version_id)
        if published.is_new:
            version.published_at = self._began_at
        return version

    def _extend(self, made: _Set) -> None:
        for slug, login, days, attempts, why in EXTENSIONS:
            if slug != made.plan.slug:
                continue
            plan = made.plan
            self._session.add(
                Extension(
                    assignment_id=made.assignment.id,
                    person_id=self._people[login],
                    due_at=at(self._now, plan.due_in_d + days, 17) if days else None,
                    closes_at=at(self._now, plan.closes_in_d + days, 17) if days else None,
                    extra_attempts=attempts,
                    reason=why,
                    granted_by=self._people["sam"],
                    created_at=min(self._now - dt.timedelta(hours=3), at(self._now, plan.due_in_d - 1, 11)),
                )
            )

    def _times(self, plan: Plan, place: int) -> Times:
        later = plan.thursday_d if place % 2 else 0
        return Times(
            at(self._now, plan.opens_in_d, 9),
            at(self._now, plan.due_in_d + later, 17),
            at(self._now, plan.closes_in_d + later, 17),
        )

    def _works(self, made: _Set) -> list[Work]:
        code = [(name, self._samples[name]) for name, version in made.versions.items() if version.kind == "code"]
        return [
            work
            for place, student in enumerate(STUDENTS)
            for work in history_of(
                self._random, student, self._times(made.plan, place), code, made.plan.attempts_allowed, self._now
            )
        ]

    def _hand_in(self, works: list[tuple[_Set, Work]]) -> None:
        works.sort(key=lambda pair: (pair[1].submitted_at, pair[1].login))
        allowances: dict[tuple[int, int], Allowance] = {}
        rows = []
        for made, work in works:
            item, version = made.items[work.question_id], made.versions[work.question_id]
            person_id = self._people[work.login]
            attempt = None
            if work.purpose is Purpose.SUBMIT:
                allowance = allowances.setdefault(
                    (item.id, person_id),
                    Allowance(
                        item_id=item.id, person_id=person_id, used=0, issued=0, allowed=made.plan.attempts_allowed
                    ),
                )
                allowance.used += 1
                allowance.issued += 1
                attempt = allowance.issued
            rows.append((work.login, self._submission(item, version, person_id, attempt, work)))
        submissions = [submission for _, submission in rows]
        self._session.add_all([*allowances.values(), *submissions])
        self._session.flush()
        # The visitor's own pages are complete first; then in the order of time.
        rows.sort(key=lambda row: row[0] != ADA)
        self._session.add_all([self._run(submission, turn) for turn, (_, submission) in enumerate(rows, start=1)])
        self._session.flush()

    def _submission(
        self, item: AssignmentItem, version: QuestionVersion, person_id: int, attempt: int | None, work: Work
    ) -> Submission:
        return Submission(
            course_id=self._course.id,
            item_id=item.id,
            person_id=person_id,
            version_id=version.id,
            purpose=work.purpose,
            attempt=attempt,
            origin=Origin.DEMO,
            source=work.source,
            source_sha256=hashlib.sha256(work.source).hexdigest(),
            submitted_at=work.submitted_at,
        )

    def _run(self, submission: Submission, turn: int) -> GradingRun:
        return GradingRun(
            submission_id=submission.id,
            version_id=submission.version_id,
            course_id=submission.course_id,
            only_public=submission.purpose is Purpose.PRECHECK,
            device=submission.version.device,
            lane=Lane.REGRADE,
            turn=turn,
            seed=self._random.getrandbits(62),
            queued_at=self._now,
        )

    def _answer(self, made: _Set) -> None:
        times_of = {student.login: self._times(made.plan, place) for place, student in enumerate(STUDENTS)}
        for name, item in made.items.items():
            version = made.versions[name]
            if version.kind != "code" and version.answer_key is not None:
                answer_written(self._session, self._random, item, version, self._people, times_of, self._now)

    def _leave_drafts(self, made: _Set) -> None:
        """What Ada was writing when she stopped: something that is nearly right."""
        if made.plan.slug != "likelihood":
            return
        programs = [name for name, version in made.versions.items() if version.kind == "code"]
        for name in programs[3:5]:
            wrong = [sample for sample in self._samples[name] if not sample.is_right]
            if wrong:
                self._session.add(
                    Draft(
                        item_id=made.items[name].id,
                        person_id=self._people[ADA],
                        source=plain(wrong[0].source).decode(),
                        updated_at=self._now - dt.timedelta(hours=20),
                    )
                )


def _at_most(works: list[tuple[_Set, Work]], most: int) -> list[tuple[_Set, Work]]:
    """Drop attempts that turned nothing, evenly over the weeks, until few enough are left; the visitor's all stay."""
    spare = len(works) - most
    turning = [index for index, (_, work) in enumerate(works) if work.is_turning and work.login != ADA]
    if spare <= 0 or not turning:
        return works
    spare = min(spare, len(turning))
    dropped = {turning[number * len(turning) // spare] for number in range(spare)}
    return [pair for index, pair in enumerate(works) if index not in dropped]
