"""Where a link of invitation leads: an account of one's own, or one more course."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.services.people import accounts, invitations
from grader.services.refusals import Reason, Refused
from grader.store.people import Person
from web.auth import blueprint
from web.back import refusals_go_back
from web.database import forget_reading, reading, transaction
from web.login import current_person, is_somebody, log_in


@blueprint.get("/invite/<token>")
def invite(token: str) -> ResponseReturnValue:
    """What is offered, and the form that fits whoever opened the link."""
    offer = invitations.offer_of(reading(), token)
    g.common_zone = offer.course.time_zone
    return render_template(
        "auth/invite.html",
        offer=offer,
        course=offer.course,
        address=request.path,
        me=current_person() if is_somebody() else None,
        min_password=accounts.MIN_PASSWORD,
        max_password=accounts.MAX_PASSWORD,
    )


@blueprint.post("/invite/<token>")
@refusals_go_back(lambda token: url_for("auth.invite", token=token))
def accept_invite(token: str) -> ResponseReturnValue:
    """Into the course: with the account one is logged in to, else with a new one."""
    if is_somebody():
        person_id = current_person().id
        with transaction() as session:
            slug = invitations.accept(session, token, person_id).slug
    else:
        password = request.form.get("password", "")
        if password != request.form.get("password_again"):
            raise Refused(Reason.INVALID, "The two passwords differ.")
        with transaction() as session:
            slug = invitations.offer_of(session, token).course.slug
            person_id = invitations.accept_as_new(
                session,
                token,
                password=password,
                login=request.form.get("login", ""),
                name=request.form.get("name", ""),
                email=request.form.get("email"),
            ).id
        forget_reading()
        log_in(reading().get_one(Person, person_id))
    flash("Welcome to the course.", "good")
    return redirect(f"/c/{slug}/", 303)
