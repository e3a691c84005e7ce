"""The people of a course one by one, and its sections."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from grader.clock import utc_now
from grader.services.auditing import audit
from grader.services.grades.standings import touch_people
from grader.services.people import accounts, invitations
from grader.services.people.roster import lock_course
from grader.services.people.roster_file import section_from
from grader.services.refusals import Reason, Refused
from grader.store.courses import Enrolment, Section, SectionWindow
from grader.store.people import Invitation, Person
from grader.store.words import CourseRole


@dataclass(frozen=True, slots=True)
class Member:
    """One enrolment, for the roster's page."""

    enrolment: Enrolment
    person: Person
    section: Section | None

    @property
    def has_come(self) -> bool:
        """Whether they can log in: an account without a password waits for its invitation."""
        return self.person.password_hash is not None


def members(session: Session, course_id: int) -> list[Member]:
    """Everybody, also who left: staff first, then by name."""
    found = session.scalars(
        select(Enrolment)
        .where(Enrolment.course_id == course_id)
        .options(joinedload(Enrolment.person), joinedload(Enrolment.section))
    )
    rows = [Member(enrolment, enrolment.person, enrolment.section) for enrolment in found]
    return sorted(rows, key=lambda row: (-invitations.RANKS[row.enrolment.role], row.person.name, row.person.login))


def member(session: Session, course_id: int, person_id: int) -> Member:
    """One of them; Refused for somebody who was never in the course."""
    enrolment = session.scalars(
        select(Enrolment).where(Enrolment.course_id == course_id, Enrolment.person_id == person_id)
    ).one_or_none()
    if enrolment is None:
        raise Refused(Reason.NOT_FOUND, "There is nobody like that in this course.")
    return Member(enrolment, enrolment.person, enrolment.section)


def change(
    session: Session,
    course_id: int,
    person_id: int,
    *,
    role: CourseRole,
    section_id: int | None,
    actor_id: int | None,
    now: dt.datetime | None = None,
) -> None:
    """Another role or section; brings somebody back who had left."""
    lock_course(session, course_id)
    enrolment = member(session, course_id, person_id).enrolment
    if role is not CourseRole.STAFF:
        _keep_staff(session, enrolment, actor_id)
    if section_id is not None:
        _section(session, course_id, section_id)
    before = _told(enrolment)
    enrolment.role, enrolment.section_id, enrolment.ended_at = role, section_id, None
    session.flush()
    session.refresh(enrolment)
    _record(session, "roster.changed", enrolment, actor_id, {"before": before, "after": _told(enrolment)}, now)
    touch_people(session, course_id, [person_id])


def end(session: Session, course_id: int, person_id: int, *, actor_id: int | None) -> None:
    """Take somebody out of the course. What they handed in stays; their open invitations to it end."""
    now = utc_now()
    lock_course(session, course_id)
    enrolment = member(session, course_id, person_id).enrolment
    if enrolment.ended_at is not None:
        return
    _keep_staff(session, enrolment, actor_id)
    enrolment.ended_at = now
    invitations.revoke_open(session, course_id, enrolment.person.login, now)
    _record(session, "roster.ended", enrolment, actor_id, {"before": _told(enrolment)}, now)


def may_have_password_link(session: Session, course_id: int, person: Person) -> bool:
    """Whether this course's staff may let the person choose a password: they are in no other course, now or before."""
    courses = set(session.scalars(select(Enrolment.course_id).where(Enrolment.person_id == person.id)))
    return courses == {course_id} and not person.is_admin and person.disabled_at is None


def password_link(session: Session, course_id: int, person_id: int, *, actor_id: int | None) -> str:
    """The secret end of a link with which a person of this course alone chooses a (new) password.

    The present password, if there is one, ends now, and with it every session.
    """
    lock_course(session, course_id)
    found = member(session, course_id, person_id)
    if found.enrolment.ended_at is not None:
        raise Refused(Reason.CONFLICT, "They have left the course; bring them back first.")
    if not may_have_password_link(session, course_id, found.person):
        raise Refused(
            Reason.FORBIDDEN,
            "Their account is not this course's alone: whoever runs the grader can set a password for them.",
        )
    if found.person.password_hash is not None:
        found.person.password_hash = None
        accounts.log_out_everywhere(found.person)
        _record(session, "person.password_reset", found.enrolment, actor_id, {}, None)
    _, token = invitations.invite(
        session,
        course_id,
        found.enrolment.role,
        actor_id=actor_id,
        login=found.person.login,
        section_id=found.enrolment.section_id,
    )
    return token


def sections(session: Session, course_id: int) -> list[Section]:
    """A course's sections, by name."""
    return list(session.scalars(select(Section).where(Section.course_id == course_id).order_by(Section.name)))


def add_section(session: Session, course_id: int, name: str, *, actor_id: int | None) -> Section:
    """A new section."""
    section = Section(course_id=course_id, name=section_from(name))
    _saved(session, section)
    audit.record(
        session,
        "section.created",
        f"section:{section.id}",
        actor_id=actor_id,
        course_id=course_id,
        detail={"name": section.name},
    )
    return section


def rename_section(session: Session, course_id: int, section_id: int, name: str, *, actor_id: int | None) -> None:
    """Another name for a section."""
    section = _section(session, course_id, section_id)
    before, section.name = section.name, section_from(name)
    _saved(session, section)
    audit.record(
        session,
        "section.renamed",
        f"section:{section.id}",
        actor_id=actor_id,
        course_id=course_id,
        detail={"before": before, "after": section.name},
    )


def remove_section(session: Session, course_id: int, section_id: int, *, actor_id: int | None) -> None:
    """Remove a section that nothing refers to."""
    lock_course(session, course_id)
    section = _section(session, course_id, section_id)
    uses = (
        select(Enrolment.id).where(Enrolment.section_id == section_id),
        select(SectionWindow.id).where(SectionWindow.section_id == section_id),
        select(Invitation.id).where(Invitation.section_id == section_id),
    )
    if any(session.scalar(use.limit(1)) is not None for use in uses):
        raise Refused(
            Reason.CONFLICT,
            f"Section {section.name} is in use: people, times or invitations belong to it. Rename it instead.",
        )
    session.delete(section)
    detail = {"name": section.name}
    audit.record(
        session, "section.removed", f"section:{section_id}", actor_id=actor_id, course_id=course_id, detail=detail
    )
    session.flush()


def _section(session: Session, course_id: int, section_id: int) -> Section:
    section = session.get(Section, section_id)
    if section is None or section.course_id != course_id:
        raise Refused(Reason.NOT_FOUND, "There is no such section in this course.")
    return section


def _saved(session: Session, section: Section) -> None:
    name = section.name
    try:
        with session.begin_nested():
            session.add(section)
    except IntegrityError as error:
        raise Refused(Reason.CONFLICT, f"There is a section {name} already.") from error


def _keep_staff(session: Session, enrolment: Enrolment, actor_id: int | None) -> None:
    """Refused where staff would take their own role away, or the course would be left without any."""
    if enrolment.role is not CourseRole.STAFF or enrolment.ended_at is not None:
        return
    if enrolment.person_id == actor_id:
        raise Refused(Reason.CONFLICT, "Your own staff role can only be ended by somebody else of the staff.")
    others = session.scalar(
        select(Enrolment.id)
        .where(
            Enrolment.course_id == enrolment.course_id,
            Enrolment.role == CourseRole.STAFF,
            Enrolment.ended_at.is_(None),
            Enrolment.id != enrolment.id,
        )
        .limit(1)
    )
    if others is None:
        raise Refused(Reason.CONFLICT, "This is the course's last member of staff; name another one first.")


def _told(enrolment: Enrolment) -> dict[str, object]:
    return {
        "role": enrolment.role.value,
        "section_id": enrolment.section_id,
        "ended": enrolment.ended_at is not None,
    }


def _record(
    session: Session,
    act: str,
    enrolment: Enrolment,
    actor_id: int | None,
    detail: dict[str, object],
    now: dt.datetime | None,
) -> None:
    audit.record(
        session,
        act,
        f"person:{enrolment.person_id}",
        actor_id=actor_id,
        course_id=enrolment.course_id,
        detail=detail,
        now=now,
    )
