"""The audit log of a course."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.services.access import Verb
from grader.services.auditing import audit_log
from grader.services.auditing.audit_sentences import KINDS
from grader.store.courses import Course, Enrolment
from grader.store.people import Person
from web.database import reading
from web.login import course_for
from web.ta import blueprint

_FILTERS = ("kind", "actor", "person", "subject", "since", "until")
_SUBJECTS = ("person", "submission", "assignment", "item", "section")


@blueprint.get("/c/<course_slug>/ta/audit/")
def audit(course_slug: str) -> ResponseReturnValue:
    """Who did what to whom, newest first; filters are in the address."""
    course = course_for(course_slug, Verb.VIEW_AUDIT)
    wanted = _wanted(course)
    before = request.args.get("before", type=int)
    page = audit_log.page_of(reading(), course.id, wanted, before=_small(before))
    kept = _kept()
    return render_template(
        "ta/audit.html",
        course=course,
        page=page,
        wanted=wanted,
        kinds=KINDS,
        actors=audit_log.actors_of(reading(), course.id),
        person=_person(course, wanted.person_id),
        is_first=before is None,
        is_filtered=bool(kept),
        older_url=None if page.older is None else _address("ta.audit", course, kept | {"before": str(page.older)}),
        csv_url=_address("ta.audit_csv", course, kept),
        subject_url=lambda subject: _subject_url(course, subject),
    )


@blueprint.get("/c/<course_slug>/ta/audit.csv")
def audit_csv(course_slug: str) -> ResponseReturnValue:
    """The same as a file."""
    course = course_for(course_slug, Verb.VIEW_AUDIT)
    response = Response(audit_log.csv_of(reading(), course.id, _wanted(course)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{course.slug}.csv"'
    return response


def _kept() -> dict[str, str]:
    """The filters of this page, for the addresses of others."""
    return {name: request.args[name] for name in _FILTERS if request.args.get(name)}


def _address(endpoint: str, course: Course, query: dict[str, str]) -> str:
    address = url_for(endpoint, course_slug=course.slug)
    return f"{address}?{urlencode(query)}" if query else address


def _wanted(course: Course) -> audit_log.Wanted:
    """The filters as they stand in the address; what cannot be read filters nothing."""
    zone = ZoneInfo(course.time_zone)
    actor = request.args.get("actor", "")
    kind = request.args.get("kind", "")
    subject = request.args.get("subject", "")
    until = _day(request.args.get("until", ""), zone)
    return audit_log.Wanted(
        kind=kind if kind in KINDS else None,
        actor_id=_small(int(actor)) if actor.isascii() and actor.isdecimal() and len(actor) < 11 else None,
        by_nobody=actor == "grader",
        person_id=_small(request.args.get("person", type=int)),
        subject=subject
        if subject.partition(":")[0] in _SUBJECTS and len(subject) < 30 and "\0" not in subject
        else None,
        since=_day(request.args.get("since", ""), zone),
        until=None if until is None else until + dt.timedelta(days=1),
    )


def _small(value: int | None) -> int | None:
    return value if value is not None and 0 < value < 2**31 else None


def _day(text: str, zone: ZoneInfo) -> dt.datetime | None:
    """When a day begins in the course's zone."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    if not 1970 < day.year < 2200:
        return None
    return dt.datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(dt.UTC)


def _person(course: Course, person_id: int | None) -> Person | None:
    """The person that the log is about, if they are or were in the course."""
    if person_id is None:
        return None
    is_known = reading().query(Enrolment.id).filter_by(course_id=course.id, person_id=person_id).first()
    return None if is_known is None else reading().get(Person, person_id)


def _subject_url(course: Course, subject: str) -> str | None:
    """The page of what was acted on, where there is one."""
    kind, _, text = subject.partition(":")
    if not text.isdecimal():
        return None
    if kind == "submission":
        return url_for("student.submission", submission_id=int(text))
    if kind == "person":
        return url_for("ta.person", course_slug=course.slug, person_id=int(text))
    return None
