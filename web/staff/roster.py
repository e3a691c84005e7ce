"""Who is in a course: the list, one person, invitations and sections. TAs see the list; staff change it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from urllib.parse import quote

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.services.access import Verb
from grader.services.people import accounts, invitations, members, roster
from grader.services.refusals import Reason, Refused
from grader.settings import ServiceSettings
from grader.store.courses import Course
from grader.store.words import CourseRole
from web.back import refusals_go_back
from web.database import forget_reading, reading, transaction
from web.login import course_for, current_person
from web.staff import blueprint

INVITATION_DAYS = (7, 30, 90)


def roster_address(course_slug: str, **_other: object) -> str:
    """Where the roster's small forms lead back to."""
    return url_for("staff.roster", course_slug=course_slug)


@blueprint.get("/c/<course_slug>/staff/roster/", endpoint="roster")
def show_roster(course_slug: str) -> ResponseReturnValue:
    """Everybody, with what to do about them."""
    course = course_for(course_slug, Verb.VIEW_ROSTER)
    everybody = members.members(reading(), course.id)
    wanted, section_id = request.args.get("q", "").strip(), request.args.get("section", type=int)
    return render_template(
        "staff/roster.html",
        course=course,
        shown=[row for row in everybody if _is_wanted(row, wanted, section_id)],
        counts=Counter(row.enrolment.role.value for row in everybody if row.enrolment.ended_at is None),
        of_section=Counter(row.section.id for row in everybody if row.section and row.enrolment.ended_at is None),
        is_filtered=bool(wanted) or section_id is not None,
        q=wanted,
        section_id=section_id,
        sections=members.sections(reading(), course.id),
        invitations=invitations.open_invitations(reading(), course.id),
        roles=list(CourseRole),
        days=INVITATION_DAYS,
    )


@blueprint.get("/c/<course_slug>/staff/roster/people/<int:person_id>/", endpoint="member")
def show_member(course_slug: str, person_id: int) -> ResponseReturnValue:
    """One person's role, section and way in."""
    course = course_for(course_slug, Verb.EDIT_ROSTER)
    found = members.member(reading(), course.id, person_id)
    return render_template(
        "staff/roster_member.html",
        course=course,
        member=found,
        roles=list(CourseRole),
        sections=members.sections(reading(), course.id),
        may_have_link=members.may_have_password_link(reading(), course.id, found.person),
    )


def _member_address(course_slug: str, person_id: int) -> str:
    return url_for("staff.member", course_slug=course_slug, person_id=person_id)


@blueprint.post("/c/<course_slug>/staff/roster/people/<int:person_id>/", endpoint="change_member")
@refusals_go_back(_member_address)
def change_member(course_slug: str, person_id: int) -> ResponseReturnValue:
    """Another role or section; brings back who had left."""
    course = course_for(course_slug, Verb.EDIT_ROSTER)
    actor_id, role, section_id = current_person().id, _role(), _section_id()
    with transaction() as session:
        members.change(session, course.id, person_id, role=role, section_id=section_id, actor_id=actor_id)
    flash("Saved.", "good")
    return redirect(_member_address(course_slug, person_id), 303)


@blueprint.post("/c/<course_slug>/staff/roster/people/<int:person_id>/end", endpoint="end_member")
@refusals_go_back(_member_address)
def end_member(course_slug: str, person_id: int) -> ResponseReturnValue:
    """Out of the course; what they handed in stays."""
    course, actor_id = course_for(course_slug, Verb.EDIT_ROSTER), current_person().id
    with transaction() as session:
        members.end(session, course.id, person_id, actor_id=actor_id)
    flash("They are no longer in the course. What they handed in stays.", "good")
    return redirect(roster_address(course_slug), 303)


@blueprint.post("/c/<course_slug>/staff/roster/people/<int:person_id>/link", endpoint="member_link")
@refusals_go_back(_member_address)
def make_member_link(course_slug: str, person_id: int) -> ResponseReturnValue:
    """A new link with which a person of this course alone chooses a password; it is in this answer only."""
    course, actor_id = course_for(course_slug, Verb.EDIT_ROSTER), current_person().id
    with transaction() as session:
        token = members.password_link(session, course.id, person_id, actor_id=actor_id)
        person = members.member(session, course.id, person_id).person
        link = roster.Link(person.login, person.name, person.email, token)
    forget_reading()
    return links_page(course, [link], f"A link for {link.name}")


@blueprint.post("/c/<course_slug>/staff/roster/invitations", endpoint="invite")
@refusals_go_back(roster_address)
def make_invitation(course_slug: str) -> ResponseReturnValue:
    """A link for somebody, or for whoever has it; it is in this answer only."""
    course, actor_id, role = course_for(course_slug, Verb.EDIT_ROSTER), current_person().id, _role()
    days = request.form.get("days", 30, type=int)
    login = request.form.get("login", "").strip() or None
    if days not in INVITATION_DAYS:
        raise Refused(Reason.INVALID, "Choose how long the invitation is good for.")
    with transaction() as session:
        invitation, token = invitations.invite(
            session,
            course.id,
            role,
            actor_id=actor_id,
            login=login,
            section_id=_section_id(),
            good_for=dt.timedelta(days=days),
        )
        person = accounts.person_with_login(session, invitation.login) if invitation.login else None
        name = person.name if person is not None and not person.is_admin else ""
        link = roster.Link(invitation.login or "", name, None, token)
    forget_reading()
    return links_page(course, [link], "The invitation")


@blueprint.post("/c/<course_slug>/staff/roster/invitations/<int:invitation_id>/revoke", endpoint="revoke_invitation")
def revoke_invitation(course_slug: str, invitation_id: int) -> ResponseReturnValue:
    """The end of a link that nobody used."""
    course, actor_id = course_for(course_slug, Verb.EDIT_ROSTER), current_person().id
    with transaction() as session:
        invitations.revoke(session, invitation_id, course.id, actor_id=actor_id)
    flash("The invitation is revoked.", "good")
    return redirect(roster_address(course_slug), 303)


@blueprint.post("/c/<course_slug>/staff/roster/sections", endpoint="add_section")
@refusals_go_back(roster_address)
def add_section(course_slug: str) -> ResponseReturnValue:
    """A new section."""
    course, actor_id = course_for(course_slug, Verb.EDIT_ROSTER), current_person().id
    with transaction() as session:
        name = members.add_section(session, course.id, request.form.get("name", ""), actor_id=actor_id).name
    flash(f"Section {name} is there.", "good")
    return redirect(roster_address(course_slug), 303)


@blueprint.post("/c/<course_slug>/staff/roster/sections/<int:section_id>/", endpoint="edit_section")
@refusals_go_back(roster_address)
def edit_section(course_slug: str, section_id: int) -> ResponseReturnValue:
    """Another name, or none at all: a button of the form says which."""
    course, actor_id = course_for(course_slug, Verb.EDIT_ROSTER), current_person().id
    with transaction() as session:
        if "remove" in request.form:
            members.remove_section(session, course.id, section_id, actor_id=actor_id)
        else:
            members.rename_section(session, course.id, section_id, request.form.get("name", ""), actor_id=actor_id)
    flash("The section is removed." if "remove" in request.form else "The section is renamed.", "good")
    return redirect(roster_address(course_slug), 303)


def links_page(course: Course, links: list[roster.Link], title: str, applied: str = "") -> ResponseReturnValue:
    """Links that are shown once, also as a file for a mail merge."""
    settings: ServiceSettings = current_app.extensions["grader.settings"]
    site = (settings.site_url or request.url_root).rstrip("/")
    addressed = [(link, site + url_for("auth.invite", token=link.token)) for link in links]
    return render_template(
        "staff/roster_links.html",
        course=course,
        title=title,
        applied=applied,
        links=addressed,
        csv_address="data:text/csv;charset=utf-8," + quote(roster.links_csv(addressed)),
    )


def _is_wanted(row: members.Member, text: str, section_id: int | None) -> bool:
    if section_id is not None and (row.section is None or row.section.id != section_id):
        return False
    wanted = text.casefold()
    return wanted in row.person.name.casefold() or wanted in row.person.login


def _role() -> CourseRole:
    try:
        return CourseRole(request.form.get("role", ""))
    except ValueError as error:
        raise Refused(Reason.INVALID, "Choose a role.") from error


def _section_id() -> int | None:
    given = request.form.get("section_id", "")
    if not given:
        return None
    if not given.isdecimal() or len(given) > 9:
        raise Refused(Reason.INVALID, "Choose a section.")
    return int(given)
