"""Who is calling, and whether they may: every handler names its verb through `course_for` or `require`."""

from __future__ import annotations

from typing import NoReturn, cast
from urllib.parse import urlsplit

from flask import Flask, abort, g
from flask import session as cookie
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.services.access import Verb, verbs_of
from grader.store.courses import Course
from grader.store.people import Person
from web.database import reading


class LoggedIn:
    """Flask-Login's view of a person; the cookie holds the session key, so that changing it logs them out."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        """What the cookie says."""
        return f"{self.person.id}:{self.person.session_key}"


def install(app: Flask) -> None:
    """Cookies to people."""
    manager = LoginManager(app)
    manager.login_view = "auth.login"
    manager.login_message = "Please log in to see this page."
    manager.login_message_category = "info"
    manager.session_protection = None  # addresses change on trains; the cookie is signed
    manager.user_loader(_load)


def _load(cookie: str) -> LoggedIn | None:
    person_id, _, session_key = cookie.partition(":")
    if not person_id.isdecimal():
        return None
    person = reading().get(Person, int(person_id))
    if person is None or person.disabled_at is not None or person.session_key != session_key:
        return None
    return LoggedIn(person)


def log_in(person: Person, *, stays: bool = False) -> None:
    """Begin a session in this browser, with nothing left of the one before; `stays`: also after it is closed."""
    cookie.clear()
    cookie.permanent = stays
    login_user(LoggedIn(person))
    g.pop("verbs", None)


def stays_logged_in() -> bool:
    """Whether this browser's session goes on after it is closed."""
    return cookie.permanent


def log_out() -> None:
    """End the session in this browser."""
    logout_user()
    cookie.clear()
    g.pop("verbs", None)


def safe_path(text: str | None) -> str:
    """Where to go after logging in: a path of this site, the start page for anything else."""
    if not text or not text.startswith("/") or text.startswith("//") or "\\" in text:
        return "/"
    if any(ord(character) <= 0x20 or ord(character) == 0x7F for character in text):
        return "/"  # browsers drop tabs and line ends, and then read on
    parts = urlsplit(text)
    return "/" if parts.scheme or parts.netloc or parts.path in {"/login", "/logout"} else text


def is_somebody() -> bool:
    """Whether anybody is logged in."""
    return bool(current_user.is_authenticated)


def current_person() -> Person:
    """The person logged in; 401 (the login page) when nobody is."""
    if not is_somebody():
        abort(401)
    return cast(LoggedIn, current_user).person


def course_for(slug: str, verb: Verb) -> Course:
    """The course of that name for somebody who may do this there.

    A course one has nothing to do with looks like one that does not exist (404); a verb one lacks is 403.
    """
    person = current_person()
    session = reading()
    course = session.scalars(select(Course).where(Course.slug == slug)).one_or_none()
    if course is None or not held_verbs(session, person, course.id):
        abort(404)
    require(verb, course.id)
    return course


def require(verb: Verb, course_id: int) -> None:
    """403 unless the person may do this in the course, which is from then on the course of this page."""
    if verb not in held_verbs(reading(), current_person(), course_id):
        _forbid()
    g.course_id = course_id


def allowed(verb: Verb, course_id: int) -> bool:
    """For templates: whether to show the way there."""
    return current_user.is_authenticated and verb in held_verbs(reading(), current_person(), course_id)


def held_verbs(session: Session, person: Person, course_id: int) -> frozenset[Verb]:
    """The verbs, asked for once a request."""
    if "verbs" not in g:
        g.verbs = {}
    known: dict[int, frozenset[Verb]] = g.verbs
    if course_id not in known:
        known[course_id] = verbs_of(session, person, course_id)
    return known[course_id]


def _forbid() -> NoReturn:
    abort(403)
