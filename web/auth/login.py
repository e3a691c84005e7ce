"""Logging in and out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from grader.services.people import accounts
from web.again import opened, sealed
from web.auth import blueprint
from web.database import reading, transaction
from web.login import is_somebody, log_in, log_out, safe_path
from web.protection import login_limits


@blueprint.get("/login")
def login() -> ResponseReturnValue:
    """The form; whoever is logged in goes where they wanted to."""
    wanted = safe_path(request.args.get("next"))
    if is_somebody():
        return redirect(wanted, 303)
    return render_template("auth/login.html", next=wanted, login="")


@blueprint.post("/login", endpoint="log_in")
@login_limits
def check_login() -> ResponseReturnValue:
    """In with the right password; the same sentence for an unknown login and a wrong password."""
    given, password = request.form.get("login", ""), request.form.get("password", "")
    wanted = safe_path(request.form.get("next"))
    kept = opened(request.form.get("kept"))
    person = accounts.check_password(reading(), given, password)
    if person is None:
        flash("This login and password do not belong together. Capitals matter in the password.", "bad")
        page = render_template("auth/login.html", next=wanted, login=given[:64], kept=kept and sealed(kept))
        return page, 401
    if accounts.is_outdated(person):
        with transaction() as session:
            accounts.renew_hash(session, person.id, password)
    log_in(person, stays="stay" in request.form)
    if kept is None:
        return redirect(wanted, 303)
    return render_template("auth/again.html", kept=kept, title=f"Welcome back, {person.name}")


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Out of this browser."""
    log_out()
    flash("You are logged out.", "info")
    return redirect("/login", 303)
