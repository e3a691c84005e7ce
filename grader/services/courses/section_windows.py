"""The windows of sections, where they differ from the assignment's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.services.edits import TIMES, Changed, Faulty, digest_of, order_faults, plain, record
from grader.services.grades.standings import touch_assignment
from grader.store.courses import Assignment, Section, SectionWindow


@dataclass(frozen=True, slots=True)
class SectionTimes:
    """The times of one section; None: as the assignment says."""

    section_id: int
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    closes_at: dt.datetime | None


def windows_digest(windows: Sequence[SectionWindow]) -> str:
    """Changes whenever a section's times do."""
    ordered = sorted(windows, key=lambda window: window.section_id)
    return digest_of([(window.section_id, window.opens_at, window.due_at, window.closes_at) for window in ordered])


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
        for name, error in order_faults(**merged).items():
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
        record(session, "assignment.windows_edited", assignment, actor_id, {"before": before, "after": after})
        touch_assignment(session, assignment_id)


def windows_of_sections(session: Session, assignment_id: int) -> list[SectionWindow]:
    """The times of sections that differ from the assignment's."""
    return list(
        session.scalars(
            select(SectionWindow).where(SectionWindow.assignment_id == assignment_id).order_by(SectionWindow.section_id)
        )
    )


def _times(window: SectionWindow) -> dict[str, Any]:
    return plain({"opens_at": window.opens_at, "due_at": window.due_at, "closes_at": window.closes_at})
