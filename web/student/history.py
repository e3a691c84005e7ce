"""Everything that somebody handed in for one question, and what changed from one to the next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.courses import windows
from grader.services.courses.courses import readable_item
from grader.services.grades import grades
from grader.services.grades.releases import held_from
from grader.services.grading import results
from grader.services.mistakes.line_comments import counts_of
from grader.services.regrades.regrade_notes import moved_among
from grader.store.courses import Assignment, AssignmentItem, Course
from grader.store.people import Person
from grader.store.submissions import Submission
from grader.store.words import Purpose
from web.database import reading
from web.login import course_for, current_person, held_verbs, require
from web.source_view import difference
from web.student import blueprint
from web.student.access import submission_for


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
    verbs = held_verbs(reading(), current_person(), course.id)
    is_held = bool(held_from(reading(), [item.assignment_id], person.id, verbs))
    grade = grades.grades_of_person(reading(), item.assignment_id, person.id)[item.id]
    grade = results.shown_grade(grade, is_held=is_held)
    entries = _entries(item, person.id, grade.submission_id, is_held=is_held)
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
        regraded=set() if is_held else moved_among(reading(), [entry.submission.id for entry in attempts]),
        prechecks=[entry for entry in entries if entry.submission.purpose is Purpose.PRECHECK],
        comparable=[entry for entry in entries if entry.submission.version.kind == "code"],
        window=windows.window_of(reading(), item, person.id),
        grade=grade,
        is_held=is_held,
        comments={} if is_held else counts_of(reading(), [entry.submission.id for entry in entries]),
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


def _entries(item: AssignmentItem, person_id: int, counting: int | None, *, is_held: bool) -> list[Entry]:
    window = windows.window_of(reading(), item, person_id)
    return [
        _entry(given, item.assignment, window, counting, is_held=is_held)
        for given in results.submissions_of(reading(), item.id, person_id)
    ]


def _entry(
    given: Submission, assignment: Assignment, window: windows.Window, counting: int | None, *, is_held: bool
) -> Entry:
    result = results.shown_result(given, results.live_among(given), is_held=is_held)
    is_attempt = given.purpose is Purpose.SUBMIT
    return Entry(
        submission=given,
        name=_name(given),
        state=result.state,
        verdict=None if result.verdict is None else result.verdict.value,
        points=result.points,
        max_points=result.max_points,
        is_late=is_attempt and windows.state_at(window, given.submitted_at) is windows.WindowState.LATE,
        late_factor=_late_factor(assignment, window, given.submitted_at),
        counts=is_attempt and given.id == counting,
    )


def _late_factor(assignment: Assignment, window: windows.Window, submitted_at: dt.datetime) -> float:
    return windows.late_factor(assignment, window, submitted_at, assignment.course.time_zone)


def _name(given: Submission) -> str:
    return "Precheck" if given.attempt is None else f"Attempt {given.attempt}"
