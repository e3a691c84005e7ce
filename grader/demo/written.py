"""What the demo's students answered to written questions. Numbers and choices are decided at once, texts wait."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from grader.demo.cast import ADA, STUDENTS, Student
from grader.demo.history import MINUTE, Times, answer_time, reach
from grader.services.handing_in.written import hand_in_answer, key_of, spec_of
from grader.services.marking.marking import mark
from grader.spec.answer_key import AnswerKey
from grader.store.models import AssignmentItem, QuestionVersion
from grader.store.words import Origin

# To this one in words of students, with the points each gets; to the others what the rubric asks for, or part of it.
TOLD = "infr10086/tutorial3/forgetting_zero_grad"
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


# The last answers to every question wait for whoever marks.
LEFT_WAITING = 2


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
    who = [student for student in STUDENTS if item.position < reach(student, len(item.assignment.items))]
    begun = [(answer_time(random, student, times_of[student.login], now), student) for student in who]
    is_open = times_of[ADA].closes_at > now  # then hers are left for the visitor
    answered = sorted(
        (at, student.login, student)
        for at, student in begun
        if at is not None and not (student.login == ADA and is_open)
    )
    waiting = {login for _, login, _ in answered[-LEFT_WAITING:]}
    for place, (at, login, student) in enumerate(answered):
        words = _words(random, student, version, place)
        for number, answer in enumerate(_answers(random, student, version, words)):
            handed = hand_in_answer(
                session,
                person_id=people[login],
                item_id=item.id,
                answer=answer,
                origin=Origin.DEMO,
                now=at + 2 * number * MINUTE,
            )
            if words is not None and login not in waiting:
                marked_at = at + 90 * MINUTE
                mark(
                    session,
                    handed.submission_id,
                    marker_id=people["tina"],
                    points=words.points,
                    comment=words.comment,
                    ticked=words.ticked,
                    now=marked_at,
                )


@dataclass(frozen=True, slots=True)
class _Words:
    """A text, and what it gets; `ticked` names what of the rubric is met."""

    text: str
    points: float
    comment: str
    ticked: tuple[str, ...] = ()


def _words(random: Random, student: Student, version: QuestionVersion, place: int) -> _Words | None:
    """What somebody wrote; None where no words are asked for."""
    if not spec_of(version).is_marked:
        return None
    if version.question.name == TOLD:
        points, text = TEXTS[place % len(TEXTS)]
        return _Words(text, points, COMMENTS[points])
    rubric = key_of(version).rubric
    said = [entry for entry in rubric if random.random() < student.skill + 0.3]
    missing = [entry for entry in rubric if entry not in said]
    comment = f"And what of this? {missing[0].text}" if missing else "All of it, and clearly written."
    text = " ".join(entry.text for entry in said) or "I am not sure, it was in the lecture."
    return _Words(text, sum(entry.points for entry in said), comment, tuple(entry.name for entry in said))


def _answers(random: Random, student: Student, version: QuestionVersion, words: _Words | None) -> list[dict[str, Any]]:
    """One or more tries; those who are good at it need one, and so does what a person marks."""
    text = {} if words is None else {"text": words.text}
    if version.kind == "text":
        return [text]
    right, wrong = _right(version) | text, _wrong(random, version) | text
    if random.random() < student.skill + 0.2:
        return [right]
    return [wrong, right] if words is None and random.random() < student.diligence else [wrong]


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
