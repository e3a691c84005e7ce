"""What a student handed in over the weeks, drawn from the questions' samples: known right and known wrong ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from grader.demo.cast import ADA, Habit, Student
from grader.demo.plan import TARGET
from grader.spec.samples import HEADER, Sample
from grader.store.words import Purpose

MINUTE = dt.timedelta(minutes=1)
# Nobody has handed anything in just now, so that no clock can make it the future.
SETTLED = 5 * MINUTE
# Hardly anybody stops before this many questions.
MOST_GET_TO = 5
# How many of a class make the mistake that lies nearest at a question, and of those without skill, do not get past it.
NEAREST = 0.5
GIVES_UP = 0.5


@dataclass(frozen=True, slots=True)
class Times:
    """One person's window."""

    opens_at: dt.datetime
    due_at: dt.datetime
    closes_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Work:
    """One thing handed in. `is_turning` says that it is neither the last of its row nor the one that solved it."""

    login: str
    question_id: str
    purpose: Purpose
    source: bytes
    submitted_at: dt.datetime
    is_turning: bool


def history_of(
    random: Random,
    student: Student,
    times: Times,
    questions: Sequence[tuple[str, Sequence[Sample]]],
    attempts_allowed: int | None,
    now: dt.datetime,
) -> Iterator[Work]:
    """Everything that the student handed in for one assignment, in order."""
    end = min(times.closes_at, now - SETTLED)
    at = _start(random, student.habit, times)
    for question_id, samples in questions[: reach(student, len(questions))]:
        if student.login == ADA and question_id == TARGET:
            return  # this one and what follows is left for the visitor
        if random.random() > student.diligence:
            continue
        for purpose, source, is_turning in _tries(random, student, samples, attempts_allowed):
            if at >= end:
                return
            yield Work(student.login, question_id, purpose, source, at, is_turning)
            at += random.uniform(2, 25) * MINUTE
        at += random.uniform(10, 90) * MINUTE


def reach(student: Student, questions: int) -> int:
    """How many questions of a long sheet the student gets to, before whether they try each."""
    return max(MOST_GET_TO, round(questions * student.diligence**6))


def answer_time(random: Random, student: Student, times: Times, now: dt.datetime) -> dt.datetime | None:
    """When the student answered a written question; None when they did not (yet)."""
    at = _start(random, student.habit, times)
    tries = random.random() <= student.diligence
    return at if tries and at < min(times.closes_at, now - SETTLED) else None


def _start(random: Random, habit: Habit, times: Times) -> dt.datetime:
    """When the student sits down to it."""
    length = times.due_at - times.opens_at
    if habit is Habit.LATE and random.random() < 0.7:
        return times.due_at + random.uniform(0.02, 0.8) * (times.closes_at - times.due_at)
    if habit in {Habit.LATE, Habit.CRAMMER}:
        return max(times.opens_at, times.due_at - random.uniform(30, 600) * MINUTE)
    begin, until = (0.02, 0.25) if habit is Habit.EARLY else (0.2, 0.85)
    at = times.opens_at + random.uniform(begin, until) * length
    return at.replace(hour=random.randint(9, 20))


def _tries(
    random: Random, student: Student, samples: Sequence[Sample], attempts_allowed: int | None
) -> Iterator[tuple[Purpose, bytes, bool]]:
    right = [plain(sample.source) for sample in samples if sample.is_right]
    wrong = [plain(sample.source) for sample in samples if not sample.is_right]
    nearest = wrong[0] if wrong else b""
    random.shuffle(wrong)
    if not right or not wrong:
        return
    gives_up = student.login != ADA and random.random() < GIVES_UP * (1 - student.skill)
    if random.random() < NEAREST or gives_up:
        wrong.remove(nearest)
        wrong.insert(0, nearest)
    if student.prechecks >= 1:
        yield Purpose.PRECHECK, wrong[0], False
        return
    most = min(1 + round(4 * student.diligence), attempts_allowed or 99, len(wrong))
    if gives_up:  # with what they had at first, or with the mistake of many after some others
        most = min(most, 3)
        wrong[:most] = [*wrong[1:most], nearest]
    for number in range(most):
        solved = not gives_up and random.random() < student.skill + 0.1 * number
        source = random.choice(right) if solved else wrong[number]
        if random.random() < student.prechecks:
            yield Purpose.PRECHECK, source, True
        yield Purpose.SUBMIT, source, not solved and number + 1 < most
        if solved:
            return


def plain(source: bytes) -> bytes:
    """A sample as a student would have written it: without what it declares."""
    lines = source.decode().splitlines(keepends=True)
    while lines and (HEADER.match(lines[0].rstrip()) or not lines[0].strip()):
        del lines[0]
    return "".join(lines).encode()
