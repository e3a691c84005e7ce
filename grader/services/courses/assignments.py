"""Assignments as course staff make them; their questions are in assignment_items, sections in section_windows."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.edits import Changed, Faulty, check_attempts, digest_of, order_faults, plain, record
from grader.services.grades.standings import touch_assignment
from grader.store.courses import Assignment
from grader.store.words import Counting, LateKind

SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
MAX_SLUG_CHARS = 64
MAX_TITLE_CHARS = 200
MAX_INTRO_CHARS = 50_000
MIN_REFILL_S, MAX_REFILL_S = 60, 366 * 86_400
# What grades are derived from; a deadline also closes an assignment that closes before it.
_OF_GRADES = frozenset({"due_at", "closes_at", "late_kind", "late_share", "counting"})
NEEDS_SHARE = {LateKind.PER_DAY, LateKind.FLAT}


@dataclass(frozen=True, slots=True)
class Details:
    """Everything of an assignment but its questions and the windows of sections."""

    title: str
    slug: str
    intro: str = ""
    opens_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    late_kind: LateKind = LateKind.NONE
    late_share: float = 0.0
    attempts_allowed: int | None = None
    counting: Counting = Counting.BEST
    is_visible: bool = False
    refill_attempts: int | None = None
    refill_every_s: int | None = None


def slug_of(title: str) -> str:
    """A name for addresses made from a title."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:MAX_SLUG_CHARS].strip("-")


def details_of(assignment: Assignment) -> Details:
    """The assignment as it stands."""
    return Details(**{name: getattr(assignment, name) for name in Details.__dataclass_fields__})


def details_digest(assignment: Assignment) -> str:
    """Changes whenever a detail does."""
    return digest_of([asdict(details_of(assignment))])


def create(session: Session, course_id: int, details: Details, *, actor_id: int) -> Assignment:
    """A new assignment at the end of the course; raises Faulty."""
    _check(details)
    last = session.scalar(select(func.max(Assignment.position)).where(Assignment.course_id == course_id))
    assignment = Assignment(
        course_id=course_id,
        position=0 if last is None else last + 1,
        created_at=utc_now(),
        **asdict(details),
    )
    _flush_slug(session, assignment, is_new=True)
    record(session, "assignment.created", assignment, actor_id, {"after": plain(asdict(details))})
    return assignment


def edit(session: Session, assignment_id: int, details: Details, *, digest: str, actor_id: int) -> Assignment:
    """Change the details; raises Faulty, or Changed where the digest is of something older."""
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    if details_digest(assignment) != digest:
        raise Changed
    _check(details)
    before, after = asdict(details_of(assignment)), asdict(details)
    for name, value in after.items():
        setattr(assignment, name, value)
    _flush_slug(session, assignment)
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        change = {
            "before": plain({name: before[name] for name in changed}),
            "after": plain({name: after[name] for name in changed}),
        }
        record(session, "assignment.edited", assignment, actor_id, change)
        if not _OF_GRADES.isdisjoint(changed):
            touch_assignment(session, assignment_id)
    return assignment


def _check(details: Details) -> None:
    errors: dict[str, str] = {}
    if not details.title.strip():
        errors["title"] = "Give it a title."
    elif len(details.title) > MAX_TITLE_CHARS:
        errors["title"] = f"A title has {MAX_TITLE_CHARS} characters at most."
    if not SLUG.fullmatch(details.slug) or len(details.slug) > MAX_SLUG_CHARS:
        errors["slug"] = "Use small letters a to z, digits, - and _, such as tutorial-3; 64 characters at most."
    if len(details.intro) > MAX_INTRO_CHARS:
        errors["intro"] = f"The introduction has {MAX_INTRO_CHARS:,} characters at most."
    errors |= order_faults(details.opens_at, details.due_at, details.closes_at)
    if not 0 <= details.late_share <= 1:
        errors["late_share"] = "A share is between 0 and 100 %."
    elif details.late_kind in NEEDS_SHARE and details.late_share == 0:
        errors["late_share"] = "Say how many per cent lateness costs, or choose “full marks until it closes”."
    check_attempts(errors, "attempts_allowed", details.attempts_allowed)
    _check_refill(errors, details)
    if errors:
        raise Faulty(errors)


def _check_refill(errors: dict[str, str], details: Details) -> None:
    if details.refill_attempts is None and details.refill_every_s is None:
        return
    check_attempts(errors, "refill_attempts", details.refill_attempts)
    if details.refill_attempts is None:
        errors["refill_attempts"] = "Say how many come back each time, or leave both fields empty."
    if details.refill_every_s is None:
        errors["refill_hours"] = "Say after how many hours they come back, or leave both fields empty."
    elif not MIN_REFILL_S <= details.refill_every_s <= MAX_REFILL_S:
        errors["refill_hours"] = "Attempts come back every minute at the soonest, and every 366 days at the latest."
    if details.attempts_allowed is None:
        errors["attempts_allowed"] = "Say how many one may have at once: only what is limited can come back."


def _flush_slug(session: Session, assignment: Assignment, *, is_new: bool = False) -> None:
    try:
        with session.begin_nested():
            if is_new:
                session.add(assignment)
            session.flush()
    except IntegrityError as error:
        raise Faulty({"slug": "Another assignment of this course has this name in its address."}) from error
