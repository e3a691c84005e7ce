"""Handing in: everything is checked and written in the caller's one transaction, or refused with a sentence."""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from grader.clock import utc_now
from grader.pipeline.plain_text import plain_line
from grader.pipeline.source import MAX_SOURCE_BYTES, encoding_problem
from grader.services.access import Verb, verbs_of
from grader.services.courses.refills import Refill
from grader.services.courses.windows import Window, WindowState, state_at, window_of
from grader.services.grades.standings import touch
from grader.services.grading.runs import enqueue, head_queued_at
from grader.services.handing_in.attempts import give_back, take_attempt
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem
from grader.store.people import Person
from grader.store.questions import Question, QuestionVersion
from grader.store.runs import GradingRun
from grader.store.submissions import Submission
from grader.store.words import Device, Lane, Origin, Purpose, RunState

__all__ = [
    "MAX_SOURCE_BYTES",
    "Admission",
    "Handed",
    "admit",
    "find_repeat",
    "give_back",
    "hand_in",
    "take_turn",
    "use_attempt",
]

# More of one person's submissions than this waiting is a script gone wild, or somebody who keeps others waiting.
MAX_UNFINISHED = 20
# What fails again and again, each time at the cost of several tries, waits for somebody to look at it.
MAX_FAILED = 5
FAILED_WITHIN = dt.timedelta(hours=1)
ALL_AT_WORK_AFTER = dt.timedelta(seconds=1)
DOUBLE_CLICK = dt.timedelta(seconds=2)
MAX_KEY_CHARS = 100
MAX_FILE_NAME_CHARS = 200
_UNFINISHED = (RunState.QUEUED, RunState.RUNNING)


@dataclass(frozen=True, slots=True)
class Handed:
    """What handing in came to; `run_id` is None for a written answer that no worker grades.

    `device` is whose workers to tell; None where none need to be told.

    `is_repeat`: this had been handed in before, and the first one stands.
    """

    submission_id: int
    run_id: int | None
    device: Device | None
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class Admission:
    """Leave to hand in an item now. `is_free`: for those who teach, outside windows and allowances."""

    item: AssignmentItem
    version: QuestionVersion
    window: Window
    is_free: bool


def hand_in(
    session: Session,
    *,
    person_id: int,
    item_id: int,
    source: bytes,
    purpose: Purpose = Purpose.SUBMIT,
    origin: Origin = Origin.EDITOR,
    file_name: str | None = None,
    idempotency_key: str | None = None,
    now: dt.datetime | None = None,
) -> Handed:
    """Take a source for a code question and queue its grading; raises Refused.

    `now` is when the request arrived: a submission that waited for its turn is in time if its request was.

    The same key of the same person stands for the same submission, whatever has closed meanwhile; with another source
    or item it is refused. Without a key, the same source for the same item within two seconds, while the first is
    still waiting or being graded, is taken for a double click.
    """
    arrived_at = now or utc_now()
    digest = hashlib.sha256(source).hexdigest()
    person = take_turn(session, person_id)
    repeat = find_repeat(session, person_id, item_id, purpose, digest, idempotency_key, arrived_at)
    if repeat is not None:
        return repeat
    admission = admit(session, person, item_id, purpose, arrived_at)
    if admission.version.kind != "code":
        raise Refused(Reason.INVALID, "This question is not answered with a program. Answer it on its page.")
    _check_source(source)
    all_at_work = _check_load(session, admission, person_id, arrived_at)
    submission = Submission(
        course_id=admission.item.assignment.course_id,
        item_id=item_id,
        person_id=person_id,
        version_id=admission.version.id,
        purpose=purpose,
        attempt=use_attempt(session, admission, person_id) if purpose is Purpose.SUBMIT else None,
        origin=origin,
        file_name=file_name and plain_line(file_name)[:MAX_FILE_NAME_CHARS],
        source=source,
        source_sha256=digest,
        idempotency_key=idempotency_key,
        submitted_at=arrived_at,
    )
    session.add(submission)
    session.flush()
    is_check = purpose is Purpose.PRECHECK
    if not is_check:
        touch(session, item_id, person_id)
    run = enqueue(session, submission, lane=Lane.NORMAL, only_public=is_check, now=arrived_at)
    return Handed(submission.id, run.id, None if all_at_work else run.device, is_repeat=False)


def take_turn(session: Session, person_id: int) -> Person:
    """Let one request of a person hand in at a time: what it has looked up stays true until its transaction ends."""
    person = session.scalars(select(Person).where(Person.id == person_id).with_for_update(key_share=True)).one_or_none()
    if person is None:
        raise Refused(Reason.NOT_FOUND, "There is no such person.")
    return person


def find_repeat(
    session: Session,
    person_id: int,
    item_id: int,
    purpose: Purpose,
    digest: str,
    idempotency_key: str | None,
    now: dt.datetime,
) -> Handed | None:
    """What this request had handed in before, if it is a repeat; raises Refused for a key used for something else."""
    if idempotency_key is None:
        return _double_click(session, person_id, item_id, purpose, digest, now)
    if not 0 < len(idempotency_key) <= MAX_KEY_CHARS or not idempotency_key.isprintable():
        raise Refused(Reason.INVALID, f"An idempotency key has 1 to {MAX_KEY_CHARS} printable characters.")
    first = session.scalars(
        select(Submission).where(Submission.person_id == person_id, Submission.idempotency_key == idempotency_key)
    ).one_or_none()
    if first is None:
        return None
    if (first.item_id, first.purpose, first.source_sha256) != (item_id, purpose, digest):
        raise Refused(Reason.CONFLICT, "This was handed in before with other contents. Reload the page and try again.")
    return _handed_before(session, first.id)


def admit(session: Session, person: Person, item_id: int, purpose: Purpose, now: dt.datetime) -> Admission:
    """Whether the person may hand in the item now, and which version of the question it goes to; raises Refused."""
    to_version = joinedload(AssignmentItem.question).joinedload(Question.live_version)
    # A version is mostly text that nobody needs here, and every submission passes this way.
    needed = to_version.load_only(QuestionVersion.kind, QuestionVersion.device, QuestionVersion.max_score)
    to_course = joinedload(AssignmentItem.assignment).joinedload(Assignment.course)
    item = session.get(AssignmentItem, item_id, options=[to_course, needed])
    verbs = frozenset() if item is None else verbs_of(session, person, item.assignment.course_id)
    is_unseen = item is not None and not item.assignment.is_visible and Verb.EDIT_ASSIGNMENTS not in verbs
    if item is None or is_unseen or Verb.VIEW_COURSE not in verbs:
        raise Refused(Reason.NOT_FOUND, "There is no such question.")
    if Verb.SUBMIT not in verbs:
        raise Refused(Reason.FORBIDDEN, "You may not hand in here.")
    version = item.question.live_version
    if version is None:
        raise Refused(Reason.NOT_FOUND, "This question is not published yet. Ask the course staff.")
    window = window_of(session, item, person.id, now)
    is_free = Verb.VIEW_ANY in verbs
    state = state_at(window, now)
    if item.assignment.course.archived_at is not None and not is_free:
        raise Refused(Reason.CLOSED, "This course is archived: it is kept to be read.")
    if state is WindowState.NOT_OPEN and not is_free:
        raise Refused(Reason.NOT_OPEN, "This assignment is not open yet.")
    if state is WindowState.CLOSED and not is_free:
        what = "Nothing more can be handed in." if purpose is Purpose.SUBMIT else "Nothing more can be checked."
        raise Refused(Reason.CLOSED, f"This assignment is closed. {what}")
    return Admission(item, version, window, is_free)


def use_attempt(session: Session, admission: Admission, person_id: int) -> int:
    """The number of the attempt that this submission is; raises Refused when all are used."""
    allowed = None if admission.is_free else admission.window.attempts_allowed
    attempt = take_attempt(session, admission.item.id, person_id, allowed)
    if attempt is None and admission.window.refill is not None and not admission.is_free:
        raise Refused(Reason.NO_ATTEMPTS_LEFT, _more_later(admission, admission.window.refill))
    if attempt is None:
        had = "The one attempt" if allowed == 1 else f"All {allowed} attempts"
        raise Refused(Reason.NO_ATTEMPTS_LEFT, f"{had} at this question {'is' if allowed == 1 else 'are'} used.")
    return attempt


def _more_later(admission: Admission, refill: Refill) -> str:
    sentence = "No attempts at this question are left for now."
    if refill.next_at is None:
        return sentence
    at = refill.next_at.astimezone(ZoneInfo(admission.item.assignment.course.time_zone))
    return f"{sentence} More come back on {at:%A, %d %B} at {at:%H:%M} ({at:%Z})."


def _check_source(source: bytes) -> None:
    if not source.removeprefix(codecs.BOM_UTF8).strip():
        raise Refused(Reason.EMPTY, "The file is empty. Write something before you hand it in.")
    problem = encoding_problem(source)
    if problem is not None:
        raise Refused(Reason.TOO_LARGE if len(source) > MAX_SOURCE_BYTES else Reason.NOT_TEXT, problem)


def _check_load(session: Session, admission: Admission, person_id: int, now: dt.datetime) -> bool:
    """Nobody may keep the grader from the others, with many submissions or with such as make it fail.

    One that makes it fail costs no attempt and occupies it for long: that cannot go on for ever. True when every worker
    is known to be at work: others have waited for some time, and workers take what waits until nothing does.
    """
    theirs = select(func.count()).select_from(GradingRun).join(Submission).where(Submission.person_id == person_id)
    waiting, failed, head_at = session.execute(
        select(
            theirs.where(GradingRun.state.in_(_UNFINISHED), GradingRun.lane == Lane.NORMAL).scalar_subquery(),
            theirs.where(
                Submission.item_id == admission.item.id,
                GradingRun.is_live,
                GradingRun.state == RunState.FAILED,
                GradingRun.version_id == admission.version.id,
                GradingRun.finished_at > now - FAILED_WITHIN,
            ).scalar_subquery(),
            head_queued_at(admission.version.device),
        )
    ).one()
    if waiting >= MAX_UNFINISHED:
        raise Refused(Reason.TOO_MANY, f"{waiting} of your submissions are still being graded. Wait for them first.")
    if failed >= MAX_FAILED and not admission.is_free:
        raise Refused(
            Reason.TOO_MANY,
            f"{failed} of your submissions to this question could not be graded, and none of them cost an attempt. "
            "Tell the course staff, who can have them graded again; or try again in an hour.",
        )
    return head_at is not None and now - head_at > ALL_AT_WORK_AFTER


def _double_click(
    session: Session, person_id: int, item_id: int, purpose: Purpose, digest: str, now: dt.datetime
) -> Handed | None:
    newest = session.execute(
        select(Submission.id, Submission.source_sha256, Submission.submitted_at)
        .where(Submission.person_id == person_id, Submission.item_id == item_id, Submission.purpose == purpose)
        .order_by(Submission.id.desc())
        .limit(1)
    ).first()
    if newest is None or newest.source_sha256 != digest or abs(now - newest.submitted_at) > DOUBLE_CLICK:
        return None
    state = session.scalar(select(GradingRun.state).where(GradingRun.submission_id == newest.id, GradingRun.is_live))
    return _handed_before(session, newest.id) if state in _UNFINISHED else None


def _handed_before(session: Session, submission_id: int) -> Handed:
    run = session.scalars(
        select(GradingRun).where(GradingRun.submission_id == submission_id, GradingRun.is_live)
    ).one_or_none()
    if run is None:
        return Handed(submission_id, None, None, is_repeat=True)
    return Handed(submission_id, run.id, run.device, is_repeat=True)
