"""What templates may use besides their arguments."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, g, request, url_for
from flask_login import current_user
from markupsafe import Markup

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.courses.courses import courses_of
from grader.store.courses import Course
from grader.vocab import Verdict
from web import markdown, times
from web.database import reading
from web.login import allowed, current_person


@dataclass(frozen=True, slots=True)
class Look:
    """How a badge looks and what it says; `kind` is a class of site.css."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Link:
    """A way in the header."""

    label: str
    url: str
    is_current: bool


VERDICTS: dict[str, Look] = {
    Verdict.ACCEPTED: Look("ok", "Accepted"),
    Verdict.PARTIAL: Look("part", "Partly right"),
    Verdict.WRONG_ANSWER: Look("bad", "Wrong answer"),
    Verdict.RUNTIME_ERROR: Look("bad", "Runtime error"),
    Verdict.TIME_LIMIT: Look("bad", "Time limit"),
    Verdict.MEMORY_LIMIT: Look("bad", "Memory limit"),
    Verdict.OUTPUT_LIMIT: Look("bad", "Output limit"),
    Verdict.INVALID_SUBMISSION: Look("bad", "Cannot be run"),
    Verdict.FORBIDDEN_CONSTRUCT: Look("bad", "Forbidden construct"),
    Verdict.SKIPPED: Look("muted", "Skipped"),
    Verdict.JUDGE_ERROR: Look("warn", "Could not be graded"),
}

STATES: dict[str, Look] = {
    # of a run
    "queued": Look("wait", "Waiting"),
    "running": Look("wait", "Being graded"),
    "finished": Look("ok", "Graded"),
    "graded": Look("ok", "Graded"),
    "failed": Look("warn", "Could not be graded"),
    "awaiting_marking": Look("wait", "Awaiting marking"),
    "marked": Look("ok", "Marked"),
    "held": Look("wait", "Grade held back"),
    "none": Look("muted", "Not attempted"),
    # of a window
    "not_open": Look("muted", "Not open yet"),
    "open": Look("ok", "Open"),
    "late": Look("warn", "Open, late"),
    "closed": Look("muted", "Closed"),
    "draft": Look("muted", "Draft"),
}


def install(app: Flask) -> None:
    """Filters and globals."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        allowed=allowed,
        Verb=Verb,
        current_course=current_course,
        site_links=site_links,
        static_url=static_url,
        verdict_look=verdict_look,
        state_look=state_look,
        zone_name=zone_name,
        script=script,
    )
    app.jinja_env.filters.update(
        iso_time=lambda at: at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        local_time=lambda at: times.full(at, current_zone()),
        relative_time=lambda at: times.relative(at, utc_now()),
        points=points,
        markdown=markdown.render,
        markdown_inline=markdown.render_inline,
        python=markdown.python,
    )
    app.after_request(_let_browsers_keep)


def current_course() -> Course | None:
    """The course that this page belongs to: the one whose rights the handler asked for."""
    course_id = g.get("course_id")
    return None if course_id is None else reading().get(Course, course_id)


def zone_name() -> str:
    """The time zone that times are shown in: the person's, else the course's (or the one that all have), else UTC."""
    if current_user.is_authenticated and current_person().time_zone:
        return str(current_person().time_zone)
    course = current_course()
    return course.time_zone if course is not None else _common_zone()


def _common_zone() -> str:
    """On a page of no course: the zone that all courses of the person have."""
    if "common_zone" not in g:
        courses = courses_of(reading(), current_person()) if current_user.is_authenticated else []
        zones = {course.time_zone for course in courses}
        g.common_zone = zones.pop() if len(zones) == 1 else "UTC"
    return str(g.common_zone)


def current_zone() -> dt.tzinfo:
    """The same, to compute with."""
    return times.zone(zone_name())


def site_links() -> list[Link]:
    """The header's links, by what the person may do in the course they are in."""
    here = request.endpoint or ""
    links = [Link("My courses", url_for("student.home"), here == "student.home")]
    course = current_course()
    if course is not None:
        slug = course.slug
        is_course = here.startswith("student.") and here != "student.home"
        links.append(Link("Assignments", url_for("student.course", course_slug=slug), is_course))
        if allowed(Verb.VIEW_SCORES, course.id):
            links.append(Link("TA", url_for("ta.course", course_slug=slug), here.startswith("ta.")))
        if allowed(Verb.EDIT_ASSIGNMENTS, course.id):
            links.append(Link("Staff", url_for("staff.assignments", course_slug=slug), here.startswith("staff.")))
    links.append(Link("Account", url_for("auth.account"), here == "auth.account"))
    return links


def verdict_look(verdict: str) -> Look:
    """How a verdict is shown."""
    return VERDICTS.get(verdict) or Look("muted", str(verdict).replace("_", " ").capitalize())


def state_look(state: str) -> Look:
    """How the state of a run, a window or an answer is shown."""
    return STATES.get(state) or Look("muted", str(state).replace("_", " ").capitalize())


def points(value: float | None) -> str:
    """Points without needless zeros: 7, 7.5, 6.67."""
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def static_url(name: str) -> str:
    """The address of a static file, changed with its content so that no browser shows an old one."""
    file = Path(current_app.static_folder or "") / name
    try:
        stamp = file.stat().st_mtime_ns
    except OSError:
        return url_for("static", filename=name)
    return url_for("static", filename=name, v=_short_digest(file, stamp))


def script(entry: str) -> Markup:
    """The tag of a script that was built of web/frontend/src/entries; nothing where none was built."""
    name = f"dist/{entry}.js"
    if not (Path(current_app.static_folder or "") / name).exists():
        return Markup()
    return Markup('<script type="module" src="{}" nonce="{}"></script>').format(static_url(name), g.csp_nonce)


def _let_browsers_keep(response: Response) -> Response:
    """A static file asked for by its digest never changes."""
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@lru_cache(maxsize=256)
def _short_digest(file: Path, _stamp: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
