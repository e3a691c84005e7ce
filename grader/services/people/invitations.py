"""Links that let people in: into an account of their own, or with the account they have into one more course.

A link works once and ends by itself. It sets the first password of an account that has none only where the course
that invites is the one that brought the account in: staff of another course could else take an account over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.auditing import audit
from grader.services.grades.standings import touch_people
from grader.services.people import accounts
from grader.services.refusals import Reason, Refused
from grader.store.courses import Course, Enrolment, Section
from grader.store.people import Invitation, Person
from grader.store.words import CourseRole

GOOD_FOR = dt.timedelta(days=30)
LONGEST = dt.timedelta(days=366)
RANKS = {CourseRole.STUDENT: 0, CourseRole.TA: 1, CourseRole.STAFF: 2}
NOT_GOOD = (
    "This invitation is used, revoked or too old, or the link is not complete. Ask the course staff for a new one."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a link offers, for the page that it leads to."""

    invitation: Invitation
    course: Course
    person: Person | None  # whom it is for, where that account exists
    sets_password: bool  # whether that account gets its first password through this link


def invite(
    session: Session,
    course_id: int,
    role: CourseRole,
    *,
    actor_id: int | None,
    login: str | None = None,
    section_id: int | None = None,
    good_for: dt.timedelta = GOOD_FOR,
    now: dt.datetime | None = None,
) -> tuple[Invitation, str]:
    """A new invitation and the secret end of its link, which nobody can see again.

    With a login it is for that person only, and takes the place of the open ones they have for the course.
    """
    now = now or utc_now()
    if not dt.timedelta(0) < good_for <= LONGEST:
        raise Refused(Reason.INVALID, "An invitation is good for between a day and a year.")
    if section_id is not None:
        section = session.get(Section, section_id)
        if section is None or section.course_id != course_id:
            raise Refused(Reason.NOT_FOUND, "There is no such section.")
    if login is not None:
        login = accounts.login_from(login)
        revoke_open(session, course_id, login, now)
    text = secrets.token_urlsafe(32)
    invitation = Invitation(
        course_id=course_id,
        section_id=section_id,
        role=role,
        login=login,
        token_hash=_hashed(text),
        created_by=actor_id,
        created_at=now,
        expires_at=now + good_for,
    )
    session.add(invitation)
    session.flush()
    detail = {"role": role.value, "login": login}
    audit.record(
        session,
        "invitation.created",
        f"invitation:{invitation.id}",
        actor_id=actor_id,
        course_id=course_id,
        detail=detail,
        now=now,
    )
    return invitation, text


def offer_of(session: Session, text: str, now: dt.datetime | None = None) -> Offer:
    """What the link offers; Refused when it does not work (any more)."""
    invitation = session.scalars(select(Invitation).where(Invitation.token_hash == _hashed(text))).one_or_none()
    if invitation is None or not is_open(invitation, now or utc_now()):
        raise Refused(Reason.NOT_FOUND, NOT_GOOD)
    person = accounts.person_with_login(session, invitation.login) if invitation.login else None
    sets_password = person is not None and _may_set_password(session, person, invitation.course_id)
    return Offer(invitation, session.get_one(Course, invitation.course_id), person, sets_password)


def accept(session: Session, text: str, person_id: int, now: dt.datetime | None = None) -> Course:
    """Take the person, who is logged in, into the course."""
    now = now or utc_now()
    offer = offer_of(session, text, now)
    person = session.get_one(Person, person_id)
    if offer.invitation.login not in {None, person.login}:
        raise Refused(Reason.FORBIDDEN, f"This invitation is for {offer.invitation.login}. Log out, and in as them.")
    _take(session, offer, person, now)
    return offer.course


def accept_as_new(
    session: Session,
    text: str,
    *,
    password: str,
    login: str = "",
    name: str = "",
    email: str | None = None,
    now: dt.datetime | None = None,
) -> Person:
    """Make the account, or give the one that waits for it its first password, and take it into the course."""
    now = now or utc_now()
    offer = offer_of(session, text, now)
    if offer.person is not None:
        if not offer.sets_password:
            raise Refused(
                Reason.CONFLICT, f"The account {offer.person.login} is there already: log in, then open the link."
            )
        person = offer.person
        accounts.set_password(person, password)
    else:
        wanted = offer.invitation.login or login
        person = accounts.create_person(session, wanted, name, password=password, email=email)
    _take(session, offer, person, now)
    return person


def open_invitations(session: Session, course_id: int, now: dt.datetime | None = None) -> list[Invitation]:
    """Those of a course that still work, newest first."""
    found = session.scalars(select(Invitation).where(Invitation.course_id == course_id).order_by(Invitation.id.desc()))
    moment = now or utc_now()
    return [invitation for invitation in found if is_open(invitation, moment)]


def is_open(invitation: Invitation, now: dt.datetime) -> bool:
    """Neither used nor revoked nor too old."""
    return invitation.used_at is None and invitation.revoked_at is None and invitation.expires_at > now


def revoke(session: Session, invitation_id: int, course_id: int, *, actor_id: int | None) -> None:
    """End an invitation of this course at once; a second time changes nothing."""
    invitation = session.get(Invitation, invitation_id)
    if invitation is None or invitation.course_id != course_id:
        raise Refused(Reason.NOT_FOUND, "There is no such invitation.")
    if invitation.used_at is None and invitation.revoked_at is None:
        invitation.revoked_at = utc_now()
        audit.record(
            session, "invitation.revoked", f"invitation:{invitation.id}", actor_id=actor_id, course_id=course_id
        )


def revoke_open(session: Session, course_id: int, login: str, now: dt.datetime) -> None:
    """End all open invitations of one person into one course."""
    session.execute(
        update(Invitation)
        .where(
            Invitation.course_id == course_id,
            Invitation.login == login,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def was_brought_in_by(session: Session, person: Person, course_id: int) -> bool:
    """Whether the person's first course is this one, or they have none yet; never true of administrators."""
    first = session.scalar(
        select(Enrolment.course_id).where(Enrolment.person_id == person.id).order_by(Enrolment.id).limit(1)
    )
    return not person.is_admin and first in {None, course_id}


def _may_set_password(session: Session, person: Person, course_id: int) -> bool:
    is_unused = person.password_hash is None and person.disabled_at is None
    return is_unused and was_brought_in_by(session, person, course_id)


def _take(session: Session, offer: Offer, person: Person, now: dt.datetime) -> None:
    """Use the link up and enrol; of two who use it at the same moment one is told that it is used."""
    invitation = offer.invitation
    session.flush()
    # The course first, as whoever imports a roster does: two that wait for each other would both fail.
    session.execute(select(Course.id).where(Course.id == invitation.course_id).with_for_update())
    taken = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
        .values(used_at=now, used_by=person.id)
    )
    assert isinstance(taken, CursorResult)
    if taken.rowcount != 1:
        raise Refused(Reason.NOT_FOUND, NOT_GOOD)
    enrolment = session.scalars(
        select(Enrolment).where(Enrolment.course_id == invitation.course_id, Enrolment.person_id == person.id)
    ).one_or_none()
    if enrolment is None:
        enrolment = Enrolment(
            course_id=invitation.course_id,
            person_id=person.id,
            section_id=invitation.section_id,
            role=invitation.role,
            created_at=now,
        )
        session.add(enrolment)
    elif enrolment.ended_at is not None:
        enrolment.ended_at, enrolment.role, enrolment.section_id = None, invitation.role, invitation.section_id
    else:
        # Whoever is in already loses nothing by a link.
        enrolment.role = max(enrolment.role, invitation.role, key=RANKS.__getitem__)
        enrolment.section_id = enrolment.section_id or invitation.section_id
    session.flush()
    touch_people(session, invitation.course_id, [person.id])
    audit.record(
        session,
        "invitation.accepted",
        f"invitation:{invitation.id}",
        actor_id=person.id,
        course_id=invitation.course_id,
        detail={"login": person.login, "role": enrolment.role.value},
        now=now,
    )


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
