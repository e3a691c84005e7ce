"""Assignments as course staff make them: details, questions and the windows of sections.

Every edit names the digest of what its author was looking at, so that two people never overwrite each other unseen.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services import audit
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem, Section, SectionWindow
from grader.store.questions import Question
from grader.store.submissions import Allowance, Draft, Submission
from grader.store.words import Counting, LateKind

SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
MAX_SLUG_CHARS = 64
MAX_TITLE_CHARS = 200
MAX_INTRO_CHARS = 50_000
MAX_POINTS = 1_000_000
MAX_ATTEMPTS = 10_000
TIMES = ("opens_at", "due_at", "closes_at")
NEEDS_SHARE = {LateKind.PER_DAY, LateKind.FLAT}


class Faulty(Refused):
    """What was typed cannot be taken; `errors` says for each field why."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(Reason.INVALID, " ".join(errors.values()))
        self.errors = dict(errors)


class Changed(Refused):
    """Somebody else changed it since its author looked."""

    def __init__(self) -> None:
        super().__init__(Reason.CONFLICT, "Somebody changed this while you were editing. Compare, then save again.")


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


@dataclass(frozen=True, slots=True)
class ItemLine:
    """What one question is worth here; None: as the question, or the assignment, says."""

    item_id: int
    points: float | None
    attempts_allowed: int | None


@dataclass(frozen=True, slots=True)
class SectionTimes:
    """The times of one section; None: as the assignment says."""

    section_id: int
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    closes_at: dt.datetime | None


def slug_of(title: str) -> str:
    """A name for addresses made from a title."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:MAX_SLUG_CHARS].strip("-")


def details_of(assignment: Assignment) -> Details:
    """The assignment as it stands."""
    return Details(**{name: getattr(assignment, name) for name in Details.__dataclass_fields__})


def details_digest(assignment: Assignment) -> str:
    """Changes whenever a detail does."""
    return _digest([asdict(details_of(assignment))])


def items_digest(items: Sequence[AssignmentItem]) -> str:
    """Changes whenever a question is added, removed, moved or worth something else."""
    return _digest([(item.id, item.position, item.points, item.attempts_allowed) for item in items])


def windows_digest(windows: Sequence[SectionWindow]) -> str:
    """Changes whenever a section's times do."""
    ordered = sorted(windows, key=lambda window: window.section_id)
    return _digest([(window.section_id, window.opens_at, window.due_at, window.closes_at) for window in ordered])


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
    _record(session, "assignment.created", assignment, actor_id, {"after": _plain(asdict(details))})
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
            "before": _plain({name: before[name] for name in changed}),
            "after": _plain({name: after[name] for name in changed}),
        }
        _record(session, "assignment.edited", assignment, actor_id, change)
    return assignment


def add_item(session: Session, assignment_id: int, question_id: int, *, actor_id: int) -> AssignmentItem:
    """Put a published question at the end of the assignment."""
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    question = session.get(Question, question_id)
    if question is None or question.live_version_id is None or question.retired_at is not None:
        raise Refused(Reason.NOT_FOUND, "There is no such question in the bank. It may have been retired just now.")
    items = _items(session, assignment_id)
    if any(item.question_id == question_id for item in items):
        raise Refused(Reason.CONFLICT, f"{question.name} is in this assignment already.")
    item = AssignmentItem(
        assignment_id=assignment_id,
        question_id=question_id,
        slug=_free_slug(question.name, {item.slug for item in items}),
        position=max((item.position for item in items), default=-1) + 1,
    )
    session.add(item)
    session.flush()
    _record(session, "assignment.item_added", assignment, actor_id, {"question": question.name, "item": item.id})
    return item


def remove_item(session: Session, assignment_id: int, item_id: int, *, actor_id: int) -> None:
    """Take a question out again, with the drafts written for it; refused once something was handed in."""
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    # The lock holds off submissions until this is decided: their foreign key needs the row.
    item = session.get(AssignmentItem, item_id, with_for_update=True)
    if item is None or item.assignment_id != assignment_id:
        raise Refused(Reason.NOT_FOUND, "That question is not in this assignment any more.")
    if session.scalar(select(exists().where(Submission.item_id == item_id))):
        raise Refused(
            Reason.CONFLICT,
            f"{item.slug} has submissions, so it cannot be removed. To stop counting it, set its points to 0.",
        )
    for model in (Draft, Allowance):
        session.execute(delete(model).where(model.item_id == item_id))
    _record(session, "assignment.item_removed", assignment, actor_id, {"question": item.question.name, "item": item_id})
    session.delete(item)
    session.flush()


def edit_items(session: Session, assignment_id: int, lines: Sequence[ItemLine], *, digest: str, actor_id: int) -> None:
    """Order, points and attempts of all questions; raises Faulty (fields points-<id>, attempts-<id>) or Changed."""
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    items = {item.id: item for item in _items(session, assignment_id)}
    if items_digest(list(items.values())) != digest or {line.item_id for line in lines} != items.keys():
        raise Changed
    errors: dict[str, str] = {}
    for line in lines:
        _check_attempts(errors, f"attempts-{line.item_id}", line.attempts_allowed)
        if line.points is not None and not 0 <= line.points <= MAX_POINTS:
            errors[f"points-{line.item_id}"] = "Points are a number from 0 up."
    if errors:
        raise Faulty(errors)
    before = [(item.slug, item.points, item.attempts_allowed) for item in items.values()]
    for position, line in enumerate(lines):
        item = items[line.item_id]
        item.position, item.points, item.attempts_allowed = position, line.points, line.attempts_allowed
    session.flush()
    after = [(items[line.item_id].slug, line.points, line.attempts_allowed) for line in lines]
    if before != after:
        change = {"before": [list(row) for row in before], "after": [list(row) for row in after]}
        _record(session, "assignment.items_edited", assignment, actor_id, change)


def edit_windows(
    session: Session, assignment_id: int, lines: Sequence[SectionTimes], *, digest: str, actor_id: int
) -> None:
    """The times of all sections at once; raises Faulty (fields opens_at-<section id> …), Changed."""
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    known = {window.section_id: window for window in windows_of_sections(session, assignment_id)}
    if windows_digest(list(known.values())) != digest:
        raise Changed
    sections = set(session.scalars(select(Section.id).where(Section.course_id == assignment.course_id)))
    if not {line.section_id for line in lines} <= sections:
        raise Changed
    errors: dict[str, str] = {}
    for line in lines:
        merged = {name: getattr(line, name) or getattr(assignment, name) for name in TIMES}
        for name, error in _order_faults(**merged).items():
            errors[f"{name}-{line.section_id}"] = error
    if errors:
        raise Faulty(errors)
    before = {str(section_id): _times(window) for section_id, window in known.items()}
    for line in lines:
        window = known.get(line.section_id)
        if line.opens_at is line.due_at is line.closes_at is None:
            if window is not None:
                session.delete(known.pop(line.section_id))
            continue
        if window is None:
            window = SectionWindow(assignment_id=assignment_id, section_id=line.section_id)
            session.add(window)
            known[line.section_id] = window
        window.opens_at, window.due_at, window.closes_at = line.opens_at, line.due_at, line.closes_at
    session.flush()
    after = {str(section_id): _times(window) for section_id, window in known.items()}
    if before != after:
        _record(session, "assignment.windows_edited", assignment, actor_id, {"before": before, "after": after})


def windows_of_sections(session: Session, assignment_id: int) -> list[SectionWindow]:
    """The times of sections that differ from the assignment's."""
    return list(
        session.scalars(
            select(SectionWindow).where(SectionWindow.assignment_id == assignment_id).order_by(SectionWindow.section_id)
        )
    )


def items_with_submissions(session: Session, assignment_id: int) -> set[int]:
    """The items that cannot be removed any more."""
    found = select(AssignmentItem.id).where(
        AssignmentItem.assignment_id == assignment_id, exists().where(Submission.item_id == AssignmentItem.id)
    )
    return set(session.scalars(found))


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
    errors |= _order_faults(details.opens_at, details.due_at, details.closes_at)
    if not 0 <= details.late_share <= 1:
        errors["late_share"] = "A share is between 0 and 100 %."
    elif details.late_kind in NEEDS_SHARE and details.late_share == 0:
        errors["late_share"] = "Say how many per cent lateness costs, or choose “full marks until it closes”."
    _check_attempts(errors, "attempts_allowed", details.attempts_allowed)
    if errors:
        raise Faulty(errors)


def _check_attempts(errors: dict[str, str], field: str, attempts: int | None) -> None:
    if attempts is not None and not 1 <= attempts <= MAX_ATTEMPTS:
        errors[field] = "Attempts are a whole number from 1 up; leave it empty for no limit."


def _order_faults(
    opens_at: dt.datetime | None, due_at: dt.datetime | None, closes_at: dt.datetime | None
) -> dict[str, str]:
    errors = {}
    if opens_at is not None and due_at is not None and due_at < opens_at:
        errors["due_at"] = "It would be due before it opens."
    if closes_at is not None:
        if due_at is not None and closes_at < due_at:
            errors["closes_at"] = "It would close before it is due."
        elif opens_at is not None and closes_at < opens_at:
            errors["closes_at"] = "It would close before it opens."
    return errors


def _flush_slug(session: Session, assignment: Assignment, *, is_new: bool = False) -> None:
    try:
        with session.begin_nested():
            if is_new:
                session.add(assignment)
            session.flush()
    except IntegrityError as error:
        raise Faulty({"slug": "Another assignment of this course has this name in its address."}) from error


def _items(session: Session, assignment_id: int) -> list[AssignmentItem]:
    return list(
        session.scalars(
            select(AssignmentItem)
            .where(AssignmentItem.assignment_id == assignment_id)
            .order_by(AssignmentItem.position, AssignmentItem.id)
        )
    )


def _free_slug(question_name: str, taken: set[str]) -> str:
    """The end of the question's id, with as much before it as it takes to be unlike the others."""
    parts = question_name.split("/")
    for start in range(len(parts) - 1, -1, -1):
        slug = "-".join(parts[start:])[-MAX_SLUG_CHARS:]
        if slug not in taken:
            return slug
    number = 2
    while f"{parts[-1][:58]}-{number}" in taken:
        number += 1
    return f"{parts[-1][:58]}-{number}"


def _times(window: SectionWindow) -> dict[str, Any]:
    return _plain({"opens_at": window.opens_at, "due_at": window.due_at, "closes_at": window.closes_at})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in values.items()}


def _digest(values: object) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()[:32]


def _record(session: Session, act: str, assignment: Assignment, actor_id: int, detail: dict[str, Any]) -> None:
    subject = f"assignment:{assignment.id}"
    audit.record(session, act, subject, actor_id=actor_id, course_id=assignment.course_id, detail=detail)
