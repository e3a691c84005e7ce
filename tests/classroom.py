"""A course with a class in it, for tables over many rows: its submissions are written as if they had been graded."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import insert
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.grades.standings import refresh, touch_everything
from grader.services.questions.publish import publish
from grader.spec import Bank
from grader.spec.question import Question as BankQuestion
from grader.store.models import (
    Assignment,
    AssignmentItem,
    CaseOutcome,
    Course,
    Enrolment,
    GradingRun,
    Person,
    QuestionVersion,
    Section,
    Submission,
    WrittenAnswer,
)
from grader.store.words import CourseRole, Origin, Purpose, RunState
from grader.vocab import Verdict, Visibility
from tests.world import ROOT, enrol, person

DAY = dt.timedelta(days=1)
FIRST = (
    *("Ada", "Bela", "Chidi", "Dana", "Emil", "Fatima", "Goran", "Hana", "Ilya", "Jun", "Kofi", "Leila", "Mei", "Noor"),
    *("Olga", "Pavel", "Qi", "Rosa", "Sanna", "Tariq", "Uma", "Vera", "Wei", "Ximena", "Yusuf", "Zoë"),
)
LAST = ("Adeyemi", "Bauer", "Castillo", "Dvořák", "Eriksen", "Fernández de la Fuente", "Grabowski", "Hoshino", "Ito")
DIAGNOSES = ("mean_for_sum", "sign", "wrong_shape", "wrong_value", "transposed", "constant_factor", "missing_gradient")


@dataclass(frozen=True)
class Classroom:
    """Ids of what was made."""

    course_id: int
    slug: str
    assignment_id: int
    assignment_slug: str
    item_ids: tuple[int, ...]
    student_ids: tuple[int, ...]
    ta_id: int
    staff_id: int


@cache
def questions_of_bank() -> tuple[BankQuestion, ...]:
    """All sound questions of this checkout."""
    bank = Bank(ROOT / "tasks", ROOT / "reference")
    return tuple(bank.get(name) for name in bank.ids() if not bank.faults(name))


def make_classroom(
    session: Session, *, students: int = 30, items: int = 16, attempts: int = 4, seed: int = 1, slug: str = "class"
) -> Classroom:
    """A class in two sections; about a tenth of the items untouched, some waiting, some that could not be graded."""
    draw = random.Random(seed)
    now = utc_now().replace(microsecond=0)
    course = Course(
        slug=slug, title="Deep Learning", term="Autumn 2026", time_zone="Europe/London", created_at=now - 60 * DAY
    )
    session.add(course)
    session.flush()
    sections = [Section(course_id=course.id, name=name) for name in ("Monday 10:00", "Thursday 14:00")]
    session.add_all(sections)
    session.flush()
    ta, staff = person(session, f"tina-{slug}", name="Tina Tan"), person(session, f"sam-{slug}", name="Sam Stone")
    enrol(session, course.id, ta.id, CourseRole.TA)
    enrol(session, course.id, staff.id, CourseRole.STAFF)
    student_ids = _students(session, course.id, [section.id for section in sections], students, slug, now)
    assignment = Assignment(
        course_id=course.id,
        slug="tutorial-3",
        title="Tutorial 3: losses and gradients",
        opens_at=now - 14 * DAY,
        due_at=now - DAY,
        closes_at=now + 6 * DAY,
        created_at=now - 20 * DAY,
    )
    session.add(assignment)
    session.flush()
    versions = [_version(session, number) for number in range(items)]
    rows = [
        AssignmentItem(
            assignment_id=assignment.id,
            question_id=version.question_id,
            slug=f"{version.question.name.rpartition('/')[2]}",
            position=number,
            points=10.0 if number % 3 == 0 else None,
        )
        for number, version in enumerate(versions)
    ]
    session.add_all(rows)
    session.flush()
    skill = {person_id: draw.gauss(0.62, 0.22) for person_id in student_ids}
    handed: list[dict[str, object]] = []
    runs: list[dict[str, object]] = []
    cases: list[dict[str, object]] = []
    answers: list[dict[str, object]] = []
    next_id = 1 + (session.query(Submission.id).order_by(Submission.id.desc()).limit(1).scalar() or 0)
    next_run = 1 + (session.query(GradingRun.id).order_by(GradingRun.id.desc()).limit(1).scalar() or 0)
    for number, (item, version) in enumerate(zip(rows, versions, strict=True)):
        hardness = 0.15 + 0.6 * number / max(items, 1)
        for person_id in student_ids:
            if draw.random() < 0.04 + 0.25 * hardness:
                continue
            for attempt in range(1, draw.randint(1, 2 * attempts - 1) + 1):
                at = now - dt.timedelta(minutes=draw.randint(10, 13 * 24 * 60))
                handed.append(
                    {
                        "id": next_id,
                        "course_id": course.id,
                        "item_id": item.id,
                        "person_id": person_id,
                        "version_id": version.id,
                        "purpose": Purpose.SUBMIT,
                        "attempt": attempt,
                        "origin": Origin.EDITOR,
                        "source": b"def f():\n    return 1\n",
                        "source_sha256": "0" * 64,
                        "submitted_at": at,
                    }
                )
                if version.kind == "text":
                    answers.append(_answer(next_id, draw, version.max_score, at, ta.id))
                    next_id += 1
                    continue
                luck = skill[person_id] - hardness + 0.25 + 0.08 * attempt + draw.gauss(0, 0.12)
                run, outcomes = _run(next_run, next_id, version, course.id, luck, at, draw)
                runs.append(run)
                cases += outcomes
                next_id, next_run = next_id + 1, next_run + 1
                if run["verdict"] is Verdict.ACCEPTED:
                    break
    for model, values in ((Submission, handed), (GradingRun, runs), (CaseOutcome, cases), (WrittenAnswer, answers)):
        if values:
            session.execute(insert(model), values)
    session.flush()
    touch_everything(session, course.id)
    refresh(session, assignment.id)
    return Classroom(
        course_id=course.id,
        slug=slug,
        assignment_id=assignment.id,
        assignment_slug="tutorial-3",
        item_ids=tuple(item.id for item in rows),
        student_ids=tuple(student_ids),
        ta_id=ta.id,
        staff_id=staff.id,
    )


def _students(
    session: Session, course_id: int, section_ids: list[int], count: int, slug: str, now: dt.datetime
) -> list[int]:
    people = [
        Person(
            login=f"s{number:04}-{slug}",
            name=f"{FIRST[number % len(FIRST)]} {LAST[(number * 7 + number // 26) % len(LAST)]}",
            session_key="k",
            created_at=now,
        )
        for number in range(count)
    ]
    session.add_all(people)
    session.flush()
    session.add_all(
        Enrolment(
            course_id=course_id,
            person_id=row.id,
            role=CourseRole.STUDENT,
            section_id=section_ids[number % 2] if number % 10 else None,
            created_at=now,
        )
        for number, row in enumerate(people)
    )
    session.flush()
    return [row.id for row in people]


def _version(session: Session, number: int) -> QuestionVersion:
    bank = questions_of_bank()
    question = bank[number % len(bank)]
    if number >= len(bank):
        question = replace(question, id=f"{question.id}_{number}", version=f"{question.version}-{number}")
    return session.get_one(QuestionVersion, publish(session, question).version_id)


def _answer(submission_id: int, draw: random.Random, full: float, at: dt.datetime, marker: int) -> dict[str, object]:
    is_marked = draw.random() < 0.6
    return {
        "submission_id": submission_id,
        "answer": {"text": "Because the graph is freed."},
        "points": round(draw.random() * full * 2) / 2 if is_marked else None,
        "marked_by": marker if is_marked else None,
        "marked_at": at + DAY if is_marked else None,
        "comment": "",
    }


def _run(
    run_id: int,
    submission_id: int,
    version: QuestionVersion,
    course_id: int,
    luck: float,
    at: dt.datetime,
    draw: random.Random,
) -> tuple[dict[str, object], list[dict[str, object]]]:
    row: dict[str, object] = {
        "id": run_id,
        "submission_id": submission_id,
        "version_id": version.id,
        "course_id": course_id,
        "device": version.device,
        "seed": run_id,
        "tries": 1,
        "queued_at": at,
        "is_live": True,
        "state": RunState.FINISHED,
        "verdict": None,
        "score": None,
        "max_score": None,
        "fault": None,
        "finished_at": at,
    }
    chance = draw.random()
    if chance < 0.01:
        return row | {"state": RunState.QUEUED, "finished_at": None}, []
    if chance < 0.018:
        fault = "the judge's process ended unexpectedly (signal 9) three times"
        return row | {"state": RunState.FAILED, "fault": fault, "tries": 3}, []
    share = 1.0 if luck > 0.55 else max(0.0, round(luck * 8) / 8)
    verdict = Verdict.ACCEPTED if share == 1.0 else Verdict.PARTIAL if share > 0 else Verdict.WRONG_ANSWER
    if share == 0 and chance > 0.8:
        verdict = draw.choice((Verdict.RUNTIME_ERROR, Verdict.TIME_LIMIT, Verdict.INVALID_SUBMISSION))
    names = [case["name"] for case in version.spec.get("case", [])] or ["answer"]
    row |= {"verdict": verdict, "score": share * version.max_score, "max_score": version.max_score, "duration_ms": 41}
    passed = round(share * len(names))
    outcomes = [
        {
            "run_id": run_id,
            "position": position,
            "name": name,
            "visibility": Visibility.PUBLIC if position == 0 else Visibility.HIDDEN,
            "verdict": Verdict.ACCEPTED if position < passed else Verdict.WRONG_ANSWER,
            "points": version.max_score / len(names) if position < passed else 0.0,
            "max_points": version.max_score / len(names),
            "diagnosis": None if position < passed else DIAGNOSES[min(int(abs(draw.gauss(0, 2))), 6)],
        }
        for position, name in enumerate(names)
    ]
    return row, outcomes
