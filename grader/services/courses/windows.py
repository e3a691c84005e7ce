"""When an assignment is open for one person, and what lateness costs, in times and in plain words."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.courses.refills import Refill, refill_of
from grader.store.courses import Assignment, AssignmentItem, Enrolment, Extension, SectionWindow
from grader.store.database import remembered
from grader.store.words import Counting, LateKind

ONE_DAY = dt.timedelta(days=1)


class WindowState(StrEnum):
    """Where a moment lies."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """The times of one person; a None time never comes. `attempts_allowed` None: as many as they like.

    Where attempts come back, `attempts_allowed` of an item is what may have been used in all by now, and `refill` says
    how many are left and when there are more.
    """

    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    closes_at: dt.datetime | None
    attempts_allowed: int | None = None
    refill: Refill | None = None


def window_of(session: Session, item: AssignmentItem, person_id: int, now: dt.datetime | None = None) -> Window:
    """When the person may hand in this item, and how many times (by `now`, where attempts come back)."""
    section, extension = _personal(session, item.assignment_id, person_id)
    window = merged(item.assignment, section, extension)
    allowed = _with_extra(item.attempts_allowed, extension) or window.attempts_allowed
    refill = refill_of(session, item.assignment, item.id, person_id, allowed, now or utc_now())
    return replace(window, attempts_allowed=allowed if refill is None else refill.allowed_so_far, refill=refill)


def windows_of(session: Session, assignment: Assignment, person_id: int) -> Window:
    """The same for the whole assignment, with the attempts at those questions that have no number of their own."""
    section, extension = _personal(session, assignment.id, person_id)
    return merged(assignment, section, extension)


def windows_in(session: Session, assignments: Sequence[Assignment], person_id: int) -> dict[int, Window]:
    """One person's window of each of these assignments, by its id."""
    if len(assignments) == 1:
        return {assignments[0].id: windows_of(session, assignments[0], person_id)}
    found = _personal_times(session, [assignment.id for assignment in assignments], person_id)
    return {assignment.id: merged(assignment, *found[assignment.id]) for assignment in assignments}


def windows_of_everybody(session: Session, assignment: Assignment) -> defaultdict[int, Window]:
    """By person, for tables over a class; who is not named has the assignment's own window."""
    sections = {
        row.section_id: row
        for row in session.scalars(select(SectionWindow).where(SectionWindow.assignment_id == assignment.id))
    }
    in_section: dict[int, int | None] = {}
    if sections:
        members = select(Enrolment.person_id, Enrolment.section_id).where(
            Enrolment.course_id == assignment.course_id, Enrolment.section_id.in_(sections)
        )
        in_section.update((person_id, section_id) for person_id, section_id in session.execute(members))
    extensions = _extensions(session, assignment.id)
    usual = merged(assignment, None, None)
    windows: defaultdict[int, Window] = defaultdict(lambda: usual)
    for person_id in in_section.keys() | extensions.keys():
        section = sections.get(in_section.get(person_id) or 0)
        windows[person_id] = merged(assignment, section, extensions.get(person_id))
    return windows


def merged(assignment: Assignment, section: SectionWindow | None, extension: Extension | None) -> Window:
    """An extension's time beats the section's, which beats the assignment's, each time by itself.

    Whoever may hand in on time until later also finds the door open until then.
    """
    layers = [layer for layer in (extension, section, assignment) if layer is not None]
    due_at = _first_of(layer.due_at for layer in layers)
    closes_at = _first_of(layer.closes_at for layer in layers)
    if due_at is not None and closes_at is not None:
        closes_at = max(closes_at, due_at)
    # An extension gives time at the end only.
    opens_at = _first_of(layer.opens_at for layer in layers if not isinstance(layer, Extension))
    return Window(opens_at, due_at, closes_at, _with_extra(assignment.attempts_allowed, extension))


def state_at(window: Window, now: dt.datetime) -> WindowState:
    """Where `now` lies; the very moment that something is due or closes still belongs to what came before."""
    if window.opens_at is not None and now < window.opens_at:
        return WindowState.NOT_OPEN
    if window.closes_at is not None and now > window.closes_at:
        return WindowState.CLOSED
    if window.due_at is not None and now > window.due_at:
        return WindowState.LATE
    return WindowState.OPEN


def late_factor(assignment: Assignment, window: Window, submitted_at: dt.datetime, zone: str) -> float:
    """What is left of a score that was handed in then: 1.0 in time, 0.0 for nothing."""
    if window.due_at is None or submitted_at <= window.due_at:
        return 1.0
    match assignment.late_kind:
        case LateKind.NONE:
            return 1.0
        case LateKind.ZERO:
            return 0.0
        case LateKind.FLAT:
            return 1.0 - assignment.late_share
        case LateKind.PER_DAY:
            days = days_begun(window.due_at, submitted_at, zone)
            # Rounded, so that 10 % off on three days leaves 0.7 and not 0.7000000000000001.
            return max(0.0, round(1.0 - assignment.late_share * days, 9))


def days_begun(due_at: dt.datetime, submitted_at: dt.datetime, zone: str) -> int:
    """How many days have begun since the deadline, by the clocks of the course.

    Work due on Saturday at 18:00 is one day late until Sunday at 18:00, also in the night that has 25 hours.
    """
    place = ZoneInfo(zone)
    due, submitted = (at.astimezone(place).replace(tzinfo=None) for at in (due_at, submitted_at))
    return max(1, math.ceil((submitted - due) / ONE_DAY))


def policy_sentences(assignment: Assignment, window: Window) -> list[str]:
    """The rules in plain words, for the person the window is for; the times stand elsewhere on the page."""
    return [*_late_sentences(assignment, window), *_attempt_sentences(assignment, window)]


def _late_sentences(assignment: Assignment, window: Window) -> Iterable[str]:
    if window.due_at is None:
        yield "There is no deadline: nothing is late."
        return
    if window.closes_at == window.due_at:
        yield "Nothing can be handed in after the deadline."
        return
    until = "" if window.closes_at is None else " until the assignment closes"
    match assignment.late_kind:
        case LateKind.NONE:
            yield f"After the deadline you can still hand in for full marks{until}."
        case LateKind.ZERO:
            yield f"After the deadline you still get feedback{until}, but no points."
        case LateKind.FLAT:
            left = _percent(1 - assignment.late_share)
            yield f"After the deadline you can still hand in{until}, for {left} of the score."
        case LateKind.PER_DAY:
            yield f"After the deadline you can still hand in{until}."
            yield f"Every day begun after the deadline takes {_percent(assignment.late_share)} of the score off."
        case _:
            assert_never(assignment.late_kind)


def _attempt_sentences(assignment: Assignment, window: Window) -> Iterable[str]:
    best = assignment.counting is Counting.BEST
    allowed = window.attempts_allowed if window.refill is None else window.refill.capacity
    if allowed is None:
        yield f"You can hand in as often as you like; your {'best' if best else 'last'} attempt counts."
        return
    counts = f"the {'best' if best else 'last'} one counts"
    if assignment.refill_attempts is not None and assignment.refill_every_s is not None:
        back = "one comes" if assignment.refill_attempts == 1 else f"{assignment.refill_attempts} come"
        yield f"You have {_attempts(allowed)} at a question at once; {counts}."
        yield f"After you used one, {back} back every {span(assignment.refill_every_s)}, up to {allowed}."
    elif allowed == 1:
        yield "You have one attempt at a question."
    else:
        yield f"You have {allowed} attempts at a question; {counts}."


def span(seconds: int) -> str:
    """A length of time in words: "hour", "90 minutes", "2 days"."""
    for unit, of in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds % of == 0 and seconds >= of:
            count = seconds // of
            return unit if count == 1 else f"{count} {unit}s"
    return f"{seconds} seconds"


def _attempts(count: int) -> str:
    return "one attempt" if count == 1 else f"{count} attempts"


def _percent(share: float) -> str:
    return f"{share * 100:.3g} %"


def _personal(session: Session, assignment_id: int, person_id: int) -> tuple[SectionWindow | None, Extension | None]:
    """The times that the person's section and the person themselves have."""
    return remembered(
        session,
        ("personal times", assignment_id, person_id),
        lambda: _personal_times(session, [assignment_id], person_id)[assignment_id],
    )


def _personal_times(
    session: Session, assignment_ids: Sequence[int], person_id: int
) -> dict[int, tuple[SectionWindow | None, Extension | None]]:
    """The same for several assignments, by id."""
    in_course = (Enrolment.course_id == Assignment.course_id) & (Enrolment.person_id == person_id)
    of_section = (SectionWindow.assignment_id == Assignment.id) & (SectionWindow.section_id == Enrolment.section_id)
    of_person = (
        (Extension.assignment_id == Assignment.id) & (Extension.person_id == person_id) & Extension.revoked_at.is_(None)
    )
    rows = session.execute(
        select(Assignment.id, SectionWindow, Extension)
        .select_from(Assignment)
        .outerjoin(Enrolment, in_course)
        .outerjoin(SectionWindow, of_section)
        .outerjoin(Extension, of_person)
        .where(Assignment.id.in_(assignment_ids))
    )
    return {assignment_id: (section, extension) for assignment_id, section, extension in rows}


def _with_extra(allowed: int | None, extension: Extension | None) -> int | None:
    return allowed if allowed is None or extension is None else allowed + extension.extra_attempts


def _extensions(session: Session, assignment_id: int) -> dict[int, Extension]:
    """The extensions that hold, by person."""
    wanted = select(Extension).where(Extension.assignment_id == assignment_id, Extension.revoked_at.is_(None))
    return {row.person_id: row for row in session.scalars(wanted)}


def _first_of(times: Iterable[dt.datetime | None]) -> dt.datetime | None:
    return next((time for time in times if time is not None), None)
