"""Everything that somebody handed in for one question, and what changed from one to the next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services import grades, results, windows
from grader.services.access import Verb
from grader.services.courses import readable_item
from grader.store.courses import Assignment, AssignmentItem, Course
from grader.store.people import Person
from grader.store.runs import GradingRun
from grader.store.submissions import Submission
from grader.store.words import Purpose
from web.database import reading
from web.login import course_for, current_person, held_verbs, require
from web.student import blueprint
from web.student.access import submission_for
from web.student.source_view import difference


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history; points are the question's, before the late policy."""

    submission: Submission
    name: str
    state: str
    verdict: str | None
    points: float | None
    max_points: float
    is_late: bool
    late_factor: float
    counts: bool


@blueprint.get("/c/<course_slug>/a/<assignment_slug>/<item_slug>/history")
def history(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """All attempts and prechecks for a question: one's own, or with ?person= somebody else's for who may see them."""
    course = course_for(course_slug, Verb.VIEW_OWN)
    item = _item(course, assignment_slug, item_slug)
    person = _person(course)
    entries = _entries(item, person.id)
    if not entries and person.id != current_person().id:
        abort(404)
    attempts = [entry for entry in entries if entry.submission.purpose is Purpose.SUBMIT]
    return render_template(
        "student/history.html",
        course=course,
        assignment=item.assignment,
        item=item,
        person=person,
        is_own=person.id == current_person().id,
        attempts=attempts,
        prechecks=[entry for entry in entries if entry.submission.purpose is Purpose.PRECHECK],
        comparable=[entry for entry in entries if entry.submission.version.kind == "code"],
        window=windows.window_of(reading(), item, person.id),
        grade=grades.grades_of_person(reading(), item.assignment_id, person.id)[item.id],
        title=item.question.live_version.title if item.question.live_version else item.slug,
    )


@blueprint.get("/submissions/<int:submission_id>/diff/")
def choose_diff(submission_id: int) -> ResponseReturnValue:
    """Where the form of the history leads: ?after= and ?with= say what to compare."""
    submission_for(submission_id)
    after, other = request.args.get("after", str(submission_id)), request.args.get("with", "")
    if not (after.isdecimal() and other.isdecimal() and max(len(after), len(other)) < 10):
        abort(404)
    if after == other:
        return redirect(url_for("student.submission", submission_id=int(after)), 303)
    return redirect(url_for("student.diff", submission_id=int(after), other_id=int(other)), 303)


@blueprint.get("/submissions/<int:submission_id>/diff/<int:other_id>")
def diff(submission_id: int, other_id: int) -> ResponseReturnValue:
    """What changed between two submissions of the same person for the same question; the older one on the left."""
    seen = submission_for(submission_id, with_source=True)
    other = submission_for(other_id, with_source=True)
    before, after = sorted((seen.submission, other.submission), key=lambda given: given.id)
    is_same = (before.item_id, before.person_id) == (after.item_id, after.person_id)
    if not is_same or before.id == after.id:
        abort(404)
    return render_template(
        "student/diff.html",
        course=after.item.assignment.course,
        assignment=after.item.assignment,
        item=after.item,
        person=after.person,
        is_own=seen.is_own,
        before=before,
        after=after,
        before_name=_name(before),
        after_name=_name(after),
        hunks=difference(before.source, after.source),
        title=after.version.title,
    )


def _item(course: Course, assignment_slug: str, item_slug: str) -> AssignmentItem:
    """The item, unless its assignment is a draft that this person may not see, or not open to them yet."""
    person = current_person()
    verbs = held_verbs(reading(), person, course.id)
    return readable_item(reading(), course, assignment_slug, item_slug, person_id=person.id, verbs=verbs, now=utc_now())


def _person(course: Course) -> Person:
    """Whose history it is."""
    asked = request.args.get("person", "")
    if not asked or asked == str(current_person().id):
        return current_person()
    require(Verb.VIEW_ANY, course.id)
    person = reading().get(Person, int(asked)) if asked.isdecimal() and len(asked) < 10 else None
    if person is None:
        abort(404)
    return person


def _entries(item: AssignmentItem, person_id: int) -> list[Entry]:
    session = reading()
    window = windows.window_of(session, item, person_id)
    counting = grades.grades_of_person(session, item.assignment_id, person_id)[item.id].submission_id
    return [
        _entry(given, item.assignment, window, counting)
        for given in results.submissions_of(session, item.id, person_id)
    ]


def _entry(given: Submission, assignment: Assignment, window: windows.Window, counting: int | None) -> Entry:
    run = results.live_among(given)
    is_attempt = given.purpose is Purpose.SUBMIT
    return Entry(
        submission=given,
        name=_name(given),
        state=run.state.value if run is not None else _written_state(given),
        verdict=run.verdict.value if run is not None and run.verdict is not None else None,
        points=_points(given, run),
        max_points=given.version.max_score if run is None or run.max_score is None else run.max_score,
        is_late=is_attempt and windows.state_at(window, given.submitted_at) is windows.WindowState.LATE,
        late_factor=_late_factor(assignment, window, given.submitted_at),
        counts=is_attempt and given.id == counting,
    )


def _late_factor(assignment: Assignment, window: windows.Window, submitted_at: dt.datetime) -> float:
    return windows.late_factor(assignment, window, submitted_at, assignment.course.time_zone)


def _points(given: Submission, run: GradingRun | None) -> float | None:
    if run is not None:
        return run.score
    return given.answer.points if given.answer is not None else None


def _written_state(given: Submission) -> str:
    is_marked = given.answer is not None and given.answer.points is not None
    return results.MARKED if is_marked else results.AWAITING_MARKING


def _name(given: Submission) -> str:
    return "Precheck" if given.attempt is None else f"Attempt {given.attempt}"
