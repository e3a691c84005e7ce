"""One's own account."""

from __future__ import annotations

import datetime as dt

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.auditing import audit
from grader.services.people import accounts, tokens
from grader.services.refusals import Reason, Refused
from grader.store.people import Person
from web.auth import blueprint
from web.back import refusals_go_back
from web.database import forget_reading, reading, transaction
from web.login import current_person, log_in, stays_logged_in
from web.protection import caller, limiter

to_account = refusals_go_back(lambda: "/account")
TOKEN_DAYS = {"30": "30 days", "90": "90 days", "365": "a year", "": "no end"}


@blueprint.get("/account")
def account() -> ResponseReturnValue:
    """Name, time zone, password and tokens."""
    return _page()


@blueprint.post("/account")
@to_account
def edit_account() -> ResponseReturnValue:
    """Name, e-mail address and time zone."""
    person_id = current_person().id
    with transaction() as session:
        person = session.get_one(Person, person_id)
        accounts.edit_profile(
            person,
            name=request.form.get("name", ""),
            email=request.form.get("email"),
            time_zone=request.form.get("time_zone"),
        )
    flash("Saved.", "good")
    return redirect("/account", 303)


@blueprint.post("/account/password")
@limiter.limit("10 per minute", key_func=lambda: f"password:{caller()}")
@to_account
def change_password() -> ResponseReturnValue:
    """A new password, for whoever knows the old one; logs out every other browser."""
    person_id, login = current_person().id, current_person().login
    old, new = request.form.get("password", ""), request.form.get("new_password", "")
    if new != request.form.get("new_password_again"):
        raise Refused(Reason.INVALID, "The two new passwords differ.")
    if accounts.check_password(reading(), login, old) is None:
        raise Refused(Reason.INVALID, "That is not your present password.")
    with transaction() as session:
        person = session.get_one(Person, person_id)
        accounts.set_password(person, new)
        audit.record(session, "person.password_changed", f"person:{person.id}", actor_id=person.id)
    _go_on(person_id)
    flash("Your password is changed. Every other browser is logged out.", "good")
    return redirect("/account", 303)


@blueprint.post("/account/log-out-everywhere")
def log_out_everywhere() -> ResponseReturnValue:
    """Every browser but this one."""
    person_id = current_person().id
    with transaction() as session:
        person = session.get_one(Person, person_id)
        accounts.log_out_everywhere(person)
        audit.record(session, "person.logged_out_everywhere", f"person:{person.id}", actor_id=person.id)
    _go_on(person_id)
    flash("Every other browser is logged out.", "good")
    return redirect("/account", 303)


@blueprint.post("/account/tokens")
@to_account
def create_token() -> ResponseReturnValue:
    """A new token; its text is in this answer and nowhere else."""
    person_id = current_person().id
    days = request.form.get("days", "90")
    if days not in TOKEN_DAYS:
        raise Refused(Reason.INVALID, "Choose how long the token is good for.")
    try:
        scopes = [tokens.Scope(word) for word in request.form.getlist("scope")]
    except ValueError as error:
        raise Refused(Reason.INVALID, "Choose what the token may be used for.") from error
    expires_at = utc_now() + dt.timedelta(days=int(days)) if days else None
    with transaction() as session:
        _token, text = tokens.create_token(session, person_id, request.form.get("token_name", ""), scopes, expires_at)
    forget_reading()
    return _page(new_token=text)


@blueprint.post("/account/tokens/<int:token_id>/revoke")
def revoke_token(token_id: int) -> ResponseReturnValue:
    """The end of one's own token."""
    person_id = current_person().id
    with transaction() as session:
        tokens.revoke(session, token_id, person_id)
    flash("The token is revoked.", "good")
    return redirect("/account", 303)


def _page(new_token: str | None = None) -> ResponseReturnValue:
    person, now = current_person(), utc_now()
    return render_template(
        "auth/account.html",
        person=person,
        tokens=[token for token in tokens.tokens_of(reading(), person.id) if tokens.is_alive(token, now)],
        new_token=new_token,
        time_zones=accounts.time_zones(),
        token_days=TOKEN_DAYS,
        min_password=accounts.MIN_PASSWORD,
        max_password=accounts.MAX_PASSWORD,
    )


def _go_on(person_id: int) -> None:
    """This browser stays logged in, with the new key."""
    forget_reading()
    log_in(reading().get_one(Person, person_id), stays=stays_logged_in())
