"""Next year's course from this year's: its assignments and their rules, all times moved, and nobody in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.auditing import audit
from grader.services.courses.new_course import MAX_TERM, SLUG, create_course
from grader.services.edits import TIMES, Faulty
from grader.store.courses import Assignment, AssignmentItem, Course, Section, SectionWindow
from grader.store.people import Person

MAX_DAYS = 3660
MAX_TITLE = 200
_RULES = (
    *("slug", "title", "intro", "position", "late_kind", "late_share", "attempts_allowed", "counting"),
    *("refill_attempts", "refill_every_s", "is_marked_blind", "markers_wanted"),
)


@dataclass(frozen=True, slots=True)
class Copy:
    """What the new course is called, and by how many days everything is later there."""

    slug: str
    title: str
    term: str
    days: int


@dataclass(frozen=True, slots=True)
class Copied:
    """What was made. `left_out` are questions without a live version, and retired ones."""

    course_id: int
    slug: str
    assignments: int
    items: int
    left_out: tuple[str, ...]


def copy_course(
    session: Session, course_id: int, wanted: Copy, *, staff: Person | None, actor_id: int | None
) -> Copied:
    """Make it; raises Faulty, or Refused where there is a course of that name.

    Assignments are drafts there until somebody has looked at them. Sections come along, empty; extensions, submissions
    and people stay.
    """
    _check(wanted)
    old = session.get_one(Course, course_id)
    new = create_course(
        session, wanted.slug, wanted.title, term=wanted.term, time_zone=old.time_zone, staff=staff, actor_id=actor_id
    )
    zone = ZoneInfo(old.time_zone)
    sections = {}
    for section in session.scalars(select(Section).where(Section.course_id == course_id).order_by(Section.id)):
        made = Section(course_id=new.id, name=section.name)
        session.add(made)
        session.flush()
        sections[section.id] = made.id
    count, left_out = 0, []
    assignments = session.scalars(
        select(Assignment).where(Assignment.course_id == course_id).order_by(Assignment.position, Assignment.id)
    ).all()
    for assignment in assignments:
        copied = Assignment(
            course_id=new.id,
            created_at=utc_now(),
            is_visible=False,
            **{name: getattr(assignment, name) for name in _RULES},
            **{name: later(getattr(assignment, name), wanted.days, zone) for name in TIMES},
        )
        session.add(copied)
        session.flush()
        for item in assignment.items:
            if item.question.live_version_id is None or item.question.retired_at is not None:
                left_out.append(item.question.name)
                continue
            count += 1
            rules = {
                name: getattr(item, name) for name in ("question_id", "slug", "position", "points", "attempts_allowed")
            }
            session.add(AssignmentItem(assignment_id=copied.id, **rules))
        for window in session.scalars(select(SectionWindow).where(SectionWindow.assignment_id == assignment.id)):
            times = {name: later(getattr(window, name), wanted.days, zone) for name in TIMES}
            session.add(SectionWindow(assignment_id=copied.id, section_id=sections[window.section_id], **times))
    session.flush()
    detail = {"from": old.slug, "days": wanted.days, "assignments": len(assignments)}
    audit.record(session, "course.copied", f"course:{new.id}", actor_id=actor_id, course_id=new.id, detail=detail)
    return Copied(new.id, new.slug, len(assignments), count, tuple(left_out))


def later(moment: dt.datetime | None, days: int, zone: ZoneInfo) -> dt.datetime | None:
    """So many days later by the clocks of the course: what was due at 17:00 is due at 17:00, in summer as in winter."""
    if moment is None:
        return None
    local = moment.astimezone(zone)
    return (
        (local.replace(tzinfo=None) + dt.timedelta(days=days)).replace(tzinfo=zone, fold=local.fold).astimezone(dt.UTC)
    )


def _check(wanted: Copy) -> None:
    errors = {}
    if not SLUG.fullmatch(wanted.slug):
        errors["slug"] = "Use small letters a to z, digits and -, such as ml-2027; 64 characters at most."
    if not wanted.title.strip() or len(wanted.title) > MAX_TITLE:
        errors["title"] = f"A title has 1 to {MAX_TITLE} characters."
    if len(wanted.term) > MAX_TERM:
        errors["term"] = f"A term has {MAX_TERM} characters at most."
    if abs(wanted.days) > MAX_DAYS:
        errors["days"] = f"Times can be moved by {MAX_DAYS} days at most."
    if errors:
        raise Faulty(errors)
