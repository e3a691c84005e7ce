"""Students ask for another look at a result; the teaching team answers, and the student reads the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from grader.services.auditing import audit
from grader.services.edits import Changed, Faulty
from grader.services.grades.releases import is_held
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem
from grader.store.decisions import RegradeRequest
from grader.store.people import Person
from grader.store.questions import Question
from grader.store.runs import CaseOutcome, GradingRun
from grader.store.submissions import Submission
from grader.store.words import Purpose, RequestState, RunState

MAX_TEXT_CHARS = 4000
MAX_OPEN = 5  # of one person in a course
MAX_EACH = 3  # about one submission, ever
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list."""

    request: RegradeRequest
    submission: Submission
    item: AssignmentItem
    assignment: Assignment
    person: Person


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of the list and how many there are; pages count from 1."""

    lines: Sequence[Listed]
    total: int
    page: int
    pages: int


def hindrance(session: Session, submission: Submission) -> str | None:
    """Why nothing can be asked about this submission now, in a sentence for its student; None where it can."""
    if submission.purpose is not Purpose.SUBMIT:
        return "A precheck does not count, so there is nothing to look at again."
    if not _has_result(session, submission):
        return "Wait for the result before you ask for another look at it."
    if is_held(session, submission.item.assignment_id, submission.person_id):
        return "The grades are held back for now. You can ask when you see yours."
    found = requests_about(session, submission.id)
    if any(request.state is RequestState.OPEN for request in found):
        return "You have asked about this attempt already; the answer will be here."
    if len(found) >= MAX_EACH:
        return f"About one attempt you can ask {MAX_EACH} times. Talk to your TA."
    if _open_of(session, submission.course_id, submission.person_id) >= MAX_OPEN:
        return f"You can have {MAX_OPEN} open requests at a time. Wait for an answer, or withdraw one."
    return None


def may_ask_after(earlier: Sequence[RegradeRequest]) -> bool:
    """Whether these requests about a submission leave room for another, as far as they tell."""
    return len(earlier) < MAX_EACH and all(request.state is not RequestState.OPEN for request in earlier)


def ask(
    session: Session, submission_id: int, *, person_id: int, text: str, case_name: str | None, now: dt.datetime
) -> RegradeRequest:
    """Ask for another look at one's own submission; raises Refused and Faulty (text, case_name)."""
    submission = session.get(Submission, submission_id)
    if submission is None or submission.person_id != person_id:
        raise Refused(Reason.NOT_FOUND, "There is no such submission of yours.")
    # One request of theirs at a time: the limits would else be passed by asking twice at the same moment.
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    errors = {}
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        errors["text"] = "Say what you think is wrong, so that somebody can look at it."
    elif len(text) > MAX_TEXT_CHARS:
        errors["text"] = f"Write {MAX_TEXT_CHARS:,} characters at most; this has {len(text):,}."
    if case_name and case_name not in case_names(session, submission_id):
        errors["case_name"] = "There is no such case. Choose one of the list."
    if errors:
        raise Faulty(errors)
    if (why := hindrance(session, submission)) is not None:
        raise Refused(Reason.CONFLICT, why)
    request = RegradeRequest(
        course_id=submission.course_id,
        submission_id=submission_id,
        case_name=case_name or None,
        text=text,
        state=RequestState.OPEN,
        created_at=now,
    )
    session.add(request)
    try:
        session.flush()
    except IntegrityError as error:
        raise Changed from error
    _record(session, "request.made", request, person_id, {"case": case_name or None}, now)
    return request


def withdraw(session: Session, request_id: int, *, person_id: int, now: dt.datetime) -> RegradeRequest:
    """Take one's own open request back; done twice, it is done once. Raises Refused."""
    request = session.get(RegradeRequest, request_id, with_for_update=True)
    if request is None or request.submission.person_id != person_id:
        raise Refused(Reason.NOT_FOUND, "There is no such request of yours.")
    if request.state is RequestState.WITHDRAWN:
        return request
    if request.state is not RequestState.OPEN:
        raise Refused(Reason.CONFLICT, "It has been answered meanwhile. Read the answer below.")
    request.state, request.answered_at = RequestState.WITHDRAWN, now
    _record(session, "request.withdrawn", request, person_id, {}, now)
    return request


def answer(
    session: Session, request_id: int, *, course_id: int, text: str, granted: bool, answered_by: int, now: dt.datetime
) -> RegradeRequest:
    """Answer an open request; raises Refused and Faulty (answer). What was granted is done by the caller."""
    request = session.get(RegradeRequest, request_id, with_for_update=True)
    if request is None or request.course_id != course_id:
        raise Refused(Reason.NOT_FOUND, "There is no such request in this course.")
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise Faulty({"answer": "Write an answer: the student reads it."})
    if len(text) > MAX_TEXT_CHARS:
        raise Faulty({"answer": f"An answer has {MAX_TEXT_CHARS:,} characters at most."})
    if request.state is not RequestState.OPEN:
        done = "withdrawn by the student" if request.state is RequestState.WITHDRAWN else "answered by somebody else"
        raise Refused(Reason.CONFLICT, f"This request was {done} meanwhile.")
    request.state = RequestState.GRANTED if granted else RequestState.DECLINED
    request.answer, request.answered_by, request.answered_at = text, answered_by, now
    _record(session, f"request.{request.state.value}", request, answered_by, {}, now)
    return request


def requests_about(session: Session, submission_id: int) -> list[RegradeRequest]:
    """Everything asked about one submission, newest first."""
    return list(
        session.scalars(
            select(RegradeRequest)
            .where(RegradeRequest.submission_id == submission_id)
            .options(joinedload(RegradeRequest.answerer))
            .order_by(RegradeRequest.id.desc())
        )
    )


def case_names(session: Session, submission_id: int) -> list[str]:
    """The cases of the result that the submission has, in their order."""
    return list(
        session.scalars(
            select(CaseOutcome.name)
            .join(GradingRun, GradingRun.id == CaseOutcome.run_id)
            .where(GradingRun.submission_id == submission_id, GradingRun.is_live)
            .order_by(CaseOutcome.position)
        )
    )


def open_count(session: Session, course_id: int) -> int:
    """How many wait for an answer in the course."""
    return session.scalar(_count(course_id, RequestState.OPEN)) or 0


def listed(session: Session, course_id: int, *, state: RequestState | None, page: int) -> Page:
    """The requests of a course: those in one state, or all; open ones the oldest first, others the newest first."""
    total = session.scalar(_count(course_id, state)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    wanted = (
        select(RegradeRequest, Submission, AssignmentItem, Assignment, Person)
        .join(Submission, Submission.id == RegradeRequest.submission_id)
        .join(AssignmentItem, AssignmentItem.id == Submission.item_id)
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .join(Person, Person.id == Submission.person_id)
        .where(RegradeRequest.course_id == course_id)
        .options(
            joinedload(AssignmentItem.question).joinedload(Question.live_version), joinedload(RegradeRequest.answerer)
        )
    )
    if state is not None:
        wanted = wanted.where(RegradeRequest.state == state)
    order = RegradeRequest.id if state is RequestState.OPEN else RegradeRequest.id.desc()
    rows = session.execute(wanted.order_by(order).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return Page([Listed(*row) for row in rows], total, page, pages)


def one(session: Session, course_id: int, request_id: int) -> Listed:
    """One request with all that its page shows; raises Refused."""
    request = session.get(RegradeRequest, request_id)
    if request is None or request.course_id != course_id:
        raise Refused(Reason.NOT_FOUND, "There is no such request in this course.")
    submission = request.submission
    return Listed(request, submission, submission.item, submission.item.assignment, submission.person)


def next_open(session: Session, course_id: int) -> int | None:
    """The request that has waited longest."""
    return session.scalar(
        select(func.min(RegradeRequest.id)).where(
            RegradeRequest.course_id == course_id, RegradeRequest.state == RequestState.OPEN
        )
    )


def _count(course_id: int, state: RequestState | None) -> Select[int]:
    wanted = select(func.count()).select_from(RegradeRequest).where(RegradeRequest.course_id == course_id)
    return wanted if state is None else wanted.where(RegradeRequest.state == state)


def _open_of(session: Session, course_id: int, person_id: int) -> int:
    # From the open requests of the course, which are few, and not from all that the person ever handed in.
    wanted = _count(course_id, RequestState.OPEN).join(Submission, Submission.id == RegradeRequest.submission_id)
    return session.scalar(wanted.where(Submission.person_id == person_id)) or 0


def _has_result(session: Session, submission: Submission) -> bool:
    state = session.scalar(
        select(GradingRun.state).where(GradingRun.submission_id == submission.id, GradingRun.is_live)
    )
    if state is None:
        return submission.answer is not None and submission.answer.points is not None
    return state is RunState.FINISHED


def _record(
    session: Session,
    act: str,
    request: RegradeRequest,
    actor_id: int,
    detail: dict[str, str | None],
    now: dt.datetime,
) -> None:
    session.flush()
    audit.record(
        session,
        act,
        f"submission:{request.submission_id}",
        actor_id=actor_id,
        course_id=request.course_id,
        detail={"request": request.id, **detail},
        now=now,
    )
