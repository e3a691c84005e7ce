"""What students ask to have looked at again, and the answers."""

from __future__ import annotations

import math

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.edits import Faulty
from grader.services.grades import overrides, regrade_requests
from grader.services.grades.grades import grades_of_person, item_max_score
from grader.services.grading.results import live_run
from grader.services.refusals import Reason, Refused
from grader.store.words import RequestState
from web.database import forget_reading, reading, transaction
from web.login import allowed, current_person, require
from web.ta import blueprint
from web.ta.find import course_for_scores

_AT = "/c/<course_slug>/ta/requests/"
_ONE = f"{_AT}<int(max=2147483647):request_id>/"


@blueprint.get(_AT)
def requests(course_slug: str) -> ResponseReturnValue:
    """The list; ?state= chooses which, open ones unless asked otherwise."""
    course = course_for_scores(course_slug)
    require(Verb.ANSWER_REQUESTS, course.id)
    asked = request.args.get("state", RequestState.OPEN.value)
    state = RequestState(asked) if asked in set(RequestState) else None
    listing = regrade_requests.listed(reading(), course.id, state=state, page=request.args.get("page", 1, type=int))
    return render_template(
        "ta/requests.html",
        course=course,
        listing=listing,
        state=state,
        states=list(RequestState),
        open_count=regrade_requests.open_count(reading(), course.id),
    )


@blueprint.get(_ONE)
def one_request(course_slug: str, request_id: int) -> ResponseReturnValue:
    """One request with what it is about, and the form of the answer."""
    return _page(course_slug, request_id, {})


@blueprint.post(_ONE)
def answer_request(course_slug: str, request_id: int) -> ResponseReturnValue:
    """Answer it; where points are given, they are set in the same transaction."""
    course = course_for_scores(course_slug)
    require(Verb.ANSWER_REQUESTS, course.id)
    found = regrade_requests.one(reading(), course.id, request_id)
    text, act = request.form.get("answer", ""), request.form.get("act", "")
    points_text = request.form.get("points", "").strip()
    if act not in {"grant", "decline"}:
        return _page(course_slug, request_id, {"": "Say whether you grant or decline it."})
    points = _number(points_text)
    if points_text and act == "decline":
        return _page(course_slug, request_id, {"points": "Points are set only where the request is granted."})
    if points_text:
        require(Verb.OVERRIDE, course.id)
        reason = text.strip() or "-"  # an empty answer has an error of its own
        if errors := overrides.faults_of(found.item, points, reason[: overrides.MAX_REASON_CHARS]):
            return _page(course_slug, request_id, errors)
    actor_id, item_id, person_id = current_person().id, found.item.id, found.person.id
    try:
        with transaction() as session:
            regrade_requests.answer(
                session,
                request_id,
                course_id=course.id,
                text=text,
                granted=act == "grant",
                answered_by=actor_id,
                now=utc_now(),
            )
            if points_text and points is not None:
                reason = overrides.clean_reason(text)[: overrides.MAX_REASON_CHARS]
                overrides.set_points(session, item_id, person_id, points=points, reason=reason, set_by=actor_id)
    except Faulty as fault:
        return _page(course_slug, request_id, fault.errors)
    except Refused as refused:
        if refused.reason is not Reason.CONFLICT:
            raise
        forget_reading()
        flash(str(refused), "bad")
        return redirect(url_for("ta.one_request", course_slug=course_slug, request_id=request_id), 303)
    forget_reading()
    flash("Answered. The student finds the answer on the page of the result.", "good")
    following = regrade_requests.next_open(reading(), course.id)
    if following is not None and "next" in request.form:
        return redirect(url_for("ta.one_request", course_slug=course_slug, request_id=following), 303)
    return redirect(url_for("ta.requests", course_slug=course_slug), 303)


def _page(course_slug: str, request_id: int, errors: dict[str, str]) -> ResponseReturnValue:
    course = course_for_scores(course_slug)
    require(Verb.ANSWER_REQUESTS, course.id)
    found = regrade_requests.one(reading(), course.id, request_id)
    grade = grades_of_person(reading(), found.assignment.id, found.person.id)[found.item.id]
    page = render_template(
        "ta/request.html",
        course=course,
        found=found,
        grade=grade,
        override=overrides.live_override(reading(), found.item.id, found.person.id),
        run=live_run(reading(), found.submission.id),
        others=[one for one in regrade_requests.requests_about(reading(), found.submission.id) if one.id != request_id],
        max_score=item_max_score(found.item),
        may_override=allowed(Verb.OVERRIDE, course.id),
        errors=errors,
        typed={name: request.form.get(name, "") for name in ("answer", "points")},
    )
    return page, 422 if errors else 200


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
