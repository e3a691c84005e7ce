"""Answers to written questions: numeric and choice are decided by the key as they come in, text waits for a marker.

A choice that asks for a reason waits for one too; what the key says of the choice itself is told at once (`choice_of`).

The key stays on this side until it can give nothing away any more: see `solution_for`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.pipeline.order import CaseResult, RunReport
from grader.pipeline.written import NotAnAnswer, decide, decide_choice, read_answer, text_of_answer
from grader.services.access import VERBS, Verb
from grader.services.courses.windows import WindowState, state_at, window_of
from grader.services.grades.standings import touch
from grader.services.grading.decided import keep_decided
from grader.services.handing_in.attempts import attempts_used
from grader.services.handing_in.submit import DOUBLE_CLICK, Handed, admit, find_repeat, take_turn, use_attempt
from grader.services.refusals import Reason, Refused
from grader.spec.answer_key import AnswerKey, RubricItem
from grader.spec.model import QuestionSpec
from grader.store.courses import Assignment, AssignmentItem, Enrolment
from grader.store.questions import QuestionVersion
from grader.store.runs import GradingRun
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import Lane, Origin, Purpose


@dataclass(frozen=True, slots=True)
class Solution:
    """What a person may read of the key once it gives nothing away; what the kind does not have is empty."""

    explanation: str
    number: str  # as people write it, such as "8" or "0.19 to 0.21"
    right_options: frozenset[str]
    reasons: dict[str, str]  # by option, why it is right or wrong
    model_answer: str
    rubric: tuple[RubricItem, ...]


def hand_in_answer(
    session: Session,
    *,
    person_id: int,
    item_id: int,
    answer: dict[str, Any],
    origin: Origin = Origin.EDITOR,
    idempotency_key: str | None = None,
    now: dt.datetime | None = None,
) -> Handed:
    """Take an answer to a written question; raises Refused by the same rules as `hand_in`.

    `answer` is {"number": text}, {"choices": [names]}, {"text": text} or, of a choice with its reason, both of these.
    What cannot be read as an answer is refused and costs no attempt. The same answer again within two seconds is taken
    for a double click.
    """
    arrived_at = now or utc_now()
    person = take_turn(session, person_id)
    item = session.get(AssignmentItem, item_id)
    version = None if item is None else item.question.live_version
    if version is None or version.kind == "code":
        admit(session, person, item_id, Purpose.SUBMIT, arrived_at)
        raise Refused(Reason.INVALID, "This question is answered with a program, not in words.")
    spec = spec_of(version)
    try:
        kept = read_answer(spec, answer)
    except NotAnAnswer as unreadable:
        # Whether they may hand in at all comes first: a stranger learns nothing about the question.
        admit(session, person, item_id, Purpose.SUBMIT, arrived_at)
        raise Refused(Reason.INVALID, str(unreadable)) from unreadable
    source = text_of_answer(kept).encode()
    digest = hashlib.sha256(source).hexdigest()
    repeat = find_repeat(session, person_id, item_id, Purpose.SUBMIT, digest, idempotency_key, arrived_at)
    if repeat is None and idempotency_key is None:
        repeat = _double_click(session, person_id, item_id, digest, arrived_at)
    if repeat is not None:
        return repeat
    admission = admit(session, person, item_id, Purpose.SUBMIT, arrived_at)
    report = None if spec.is_marked else _decided(version, spec, kept)
    submission = Submission(
        course_id=admission.item.assignment.course_id,
        item_id=item_id,
        person_id=person_id,
        version_id=version.id,
        purpose=Purpose.SUBMIT,
        attempt=use_attempt(session, admission, person_id),
        origin=origin,
        source=source,
        source_sha256=digest,
        idempotency_key=idempotency_key,
        submitted_at=arrived_at,
    )
    submission.answer = WrittenAnswer(
        answer=kept,
        points=None if report is None else report.score,
        marked_at=None if report is None else arrived_at,
    )
    session.add(submission)
    session.flush()
    touch(session, item_id, person_id)
    if report is None:
        return Handed(submission.id, None, None, is_repeat=False)
    run_id = keep_decided(
        session,
        submission.id,
        version,
        report,
        course_id=submission.course_id,
        lane=Lane.NORMAL,
        is_live=True,
        now=arrived_at,
    )
    return Handed(submission.id, run_id, None, is_repeat=False)  # no worker has to hear of it


def spec_of(version: QuestionVersion) -> QuestionSpec:
    """The spec that the version was published with."""
    return msgspec.convert(version.spec, QuestionSpec)


def key_of(version: QuestionVersion) -> AnswerKey:
    """The whole key of a written question: for those who mark, and for nobody else before `solution_for` allows it."""
    return msgspec.convert(version.answer_key or {}, AnswerKey)


def choice_of(version: QuestionVersion, answer: WrittenAnswer) -> CaseResult | None:
    """What the key says of the choice in an answer whose reason a person marks; None of any other answer."""
    is_both = "choices" in answer.answer and "text" in answer.answer
    return decide_choice(spec_of(version), key_of(version), answer.answer) if is_both else None


def solution_for(
    session: Session, item: AssignmentItem, version: QuestionVersion, person_id: int, now: dt.datetime
) -> Solution | None:
    """The key of a written question for a student who can gain nothing by it any more; None for others.

    That is once the assignment is closed for them, their attempts are used up, or full marks are reached, and, of what
    people mark, once the last that they handed in is marked; and so wherever else the same question is asked of them.
    It does not ask who may see the submission: the caller has.
    """
    if version.kind == "code":
        return None
    asked = {item, *items_asking(session, version.question_id, person_id)}
    return solution(version) if all(_is_done(session, one, version, person_id, now) for one in asked) else None


def solution(version: QuestionVersion) -> Solution:
    """The same for those who teach, at any time."""
    key = key_of(version)
    number = f"{key.value:.12g}" if key.value is not None else ""
    if key.low is not None and key.high is not None:
        number = f"{key.low:.12g} to {key.high:.12g}"
    return Solution(
        explanation=key.explanation.strip(),
        number=number,
        right_options=key.right_options,
        reasons={option.name: option.text.strip() for option in key.options},
        model_answer=key.model_answer.strip(),
        rubric=key.rubric,
    )


def items_asking(session: Session, question_id: int, person_id: int) -> Sequence[AssignmentItem]:
    """Where the question is asked of the person, for points."""
    return session.scalars(
        select(AssignmentItem)
        .join(AssignmentItem.assignment)
        .join(Enrolment, Enrolment.course_id == Assignment.course_id)
        .where(
            AssignmentItem.question_id == question_id,
            Assignment.is_visible,
            Enrolment.person_id == person_id,
            Enrolment.ended_at.is_(None),
            Enrolment.role.in_([role for role, verbs in VERBS.items() if Verb.VIEW_ANY not in verbs]),
        )
    ).all()


def _is_done(
    session: Session, item: AssignmentItem, version: QuestionVersion, person_id: int, now: dt.datetime
) -> bool:
    window = window_of(session, item, person_id)
    is_closed = state_at(window, now) is WindowState.CLOSED
    allowed = window.attempts_allowed
    # Where attempts come back, there is always something to gain by the key.
    is_used_up = allowed is not None and window.refill is None and attempts_used(session, item.id, person_id) >= allowed
    points = session.scalars(
        select(WrittenAnswer.points)
        .join(Submission)
        .where(Submission.item_id == item.id, Submission.person_id == person_id, Submission.purpose == Purpose.SUBMIT)
        .order_by(Submission.id)
    ).all()
    # Markers are shown the last answer: those before it may never be marked.
    if spec_of(version).is_marked and points and points[-1] is None:
        return False
    is_full = any(given is not None and given >= version.max_score for given in points)
    return is_closed or is_used_up or is_full


def _decided(version: QuestionVersion, spec: QuestionSpec, answer: dict[str, Any]) -> RunReport:
    if version.answer_key is None:
        raise Refused(Reason.CONFLICT, "This question has no key yet, so it takes no answers. Tell the course staff.")
    return decide(version.question.name, version.digest, spec, key_of(version), answer)


def _double_click(session: Session, person_id: int, item_id: int, digest: str, now: dt.datetime) -> Handed | None:
    """`find_repeat` looks for runs that are not finished; an answer's is finished at once, or there is none."""
    newest = session.execute(
        select(Submission.id, Submission.source_sha256, Submission.submitted_at, GradingRun.id)
        .outerjoin(GradingRun, (GradingRun.submission_id == Submission.id) & GradingRun.is_live)
        .where(Submission.person_id == person_id, Submission.item_id == item_id)
        .order_by(Submission.id.desc())
        .limit(1)
    ).first()
    if newest is None:
        return None
    submission_id, before, submitted_at, run_id = newest
    if before != digest or abs(now - submitted_at) > DOUBLE_CLICK:
        return None
    return Handed(submission_id, run_id, None, is_repeat=True)
