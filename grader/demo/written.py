"""What the demo's students answered to written questions. Numbers and choices are decided at once, texts wait."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from grader.demo.cast import ADA, STUDENTS, Student
from grader.demo.history import MINUTE, Times, answer_time
from grader.services.written import hand_in_answer, key_of, spec_of
from grader.spec.answer_key import AnswerKey
from grader.store.models import AssignmentItem, QuestionVersion, WrittenAnswer
from grader.store.words import Origin

# To "Forgetting zero_grad", with the points each gets: all but the last kind are marked, the others wait.
TEXTS: tuple[tuple[int, str], ...] = (
    (
        4,
        """zero_grad empties the .grad of each parameter. The graph has nothing to do with it, that one is rebuilt in
every forward pass. If we forget it, backward adds the new gradient to the old ones, so after k steps we walk along the
sum of k gradients. The steps get too long and mu swings around the mean instead of staying there.""",
    ),
    (2, "It deletes the graph of the last step. Otherwise the gradients add up and the steps become too large."),
    (
        3,
        """The gradients are set to zero. Without it .backward() accumulates into .grad: gradient of step 1 + gradient
of step 2 + … . The loss goes down first and then up again: mu has too much speed when it passes the minimum.""",
    ),
    (1, "The optimiser would use old gradients and training does not converge as well."),
    (
        0,
        """It resets the parameters to zero before each epoch, so that every epoch starts from the same point. Without
it we would keep the old parameters.""",
    ),
)
COMMENTS = {
    4: "All four points, and clearly written.",
    3: "Very good. What happens to the graph?",
    2: "The second half is right. The graph is rebuilt each time; what does zero_grad clear?",
    1: "Which old gradients, and what does backward do with them?",
    0: "Look at what changes in `.grad` and what in the parameters: print both before and after.",
}


def answer_written(
    session: Session,
    random: Random,
    item: AssignmentItem,
    version: QuestionVersion,
    people: dict[str, int],
    times_of: dict[str, Times],
    now: dt.datetime,
) -> None:
    """Everybody's answers to one written question, in order of time."""
    begun = [(answer_time(random, student, times_of[student.login], now), student) for student in STUDENTS]
    answered = sorted((at, student.login, student) for at, student in begun if at is not None)
    for place, (at, login, student) in enumerate(answered):
        if login == ADA:
            continue  # left for the visitor
        for number, answer in enumerate(_answers(random, student, version, place)):
            handed = hand_in_answer(
                session,
                person_id=people[login],
                item_id=item.id,
                answer=answer,
                origin=Origin.DEMO,
                now=at + 2 * number * MINUTE,
            )
            if version.kind == "text" and place < len(TEXTS) - 1:
                _mark(session, handed.submission_id, TEXTS[place][0], version.max_score, people["tina"], at)


def _answers(random: Random, student: Student, version: QuestionVersion, place: int) -> list[dict[str, Any]]:
    """One or more tries; those who are good at it need one."""
    if version.kind == "text":
        return [{"text": TEXTS[place % len(TEXTS)][1]}]
    right, wrong = _right(version), _wrong(random, version)
    if random.random() < student.skill + 0.2:
        return [right]
    return [wrong, right] if random.random() < student.diligence else [wrong]


def _right(version: QuestionVersion) -> dict[str, Any]:
    key = key_of(version)
    if version.kind == "choice":
        return {"choices": sorted(key.right_options)}
    return {"number": _middle(key)}


def _wrong(random: Random, version: QuestionVersion) -> dict[str, Any]:
    key = key_of(version)
    if version.kind == "choice":
        names = [option.name for option in spec_of(version).options if option.name not in key.right_options]
        return {"choices": [random.choice(names)]}
    return {"number": f"{random.choice(key.traps).value:g}"} if key.traps else {"number": "-1"}


def _middle(key: AnswerKey) -> str:
    if key.value is not None:
        return f"{key.value:.12g}"
    return f"{((key.low or 0) + (key.high or 0)) / 2:.12g}"


def _mark(session: Session, submission_id: int, points: int, most: float, marker_id: int, at: dt.datetime) -> None:
    answer = session.get_one(WrittenAnswer, submission_id)
    answer.points = min(float(points), most)
    answer.comment = COMMENTS[points]
    answer.marked_by = marker_id
    answer.marked_at = at + 90 * MINUTE
