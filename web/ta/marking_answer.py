"""One answer beside its question, model answer and rubric: ticked, given points and a comment, and on to the next.

Everything works as a form; the script saves without leaving the page when that fails, and brings the keyboard.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from grader.clock import utc_now
from grader.services.edits import Faulty
from grader.services.handing_in.written import choice_of, solution
from grader.services.marking import saved_comments
from grader.services.marking.marking import (
    MAX_COMMENT_CHARACTERS,
    MarkedMeanwhile,
    is_marked_by_people,
    mark,
    marks_of,
    most_points,
    settle,
    states_of_marks,
)
from grader.services.marking.marking_queue import Stand, code_of, progress
from grader.store.courses import Course
from grader.store.marks import Mark
from grader.store.submissions import Submission
from web import markdown
from web.database import forget_reading, reading, transaction
from web.login import current_person
from web.pictures import folder_of
from web.ta import blueprint
from web.ta.marking_find import Place, answer_url, answer_with_key, item_to_mark, item_url, place_of


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. Points are text, and empty where the ticks give them."""

    ticked: tuple[str, ...] = ()
    points: str = ""
    comment: str = ""
    with_same: bool = True
    errors: dict[str, str] = field(default_factory=dict)
    refused: str = ""


@blueprint.get("/c/<course_slug>/ta/marking/<assignment_slug>/<item_slug>/<code>")
def marking_answer(course_slug: str, assignment_slug: str, item_slug: str, code: str) -> ResponseReturnValue:
    """The answer, and the form to mark it with."""
    course, item = item_to_mark(course_slug, assignment_slug, item_slug)
    return _page(course, place_of(reading(), item, code), None)


@blueprint.post("/c/<course_slug>/ta/marking/<assignment_slug>/<item_slug>/<code>")
def save_mark(course_slug: str, assignment_slug: str, item_slug: str, code: str) -> ResponseReturnValue:
    """Save the mark, or what settles a disagreement, and go on; what cannot be taken comes back as it was typed."""
    course, item = item_to_mark(course_slug, assignment_slug, item_slug)
    place = place_of(reading(), item, code)
    submission = answer_with_key(reading(), place.entry.submission_ids[0])
    typed = _typed(request.form)
    me = current_person().id
    try:
        points = _points(submission, typed)
        with transaction() as session:
            comment = _with_saved(session, course.id, item.question_id, typed.comment)
            for submission_id, seen in _meant(place, typed).items():
                if request.form.get("settle"):
                    settle(
                        session,
                        submission_id,
                        actor_id=me,
                        points=points,
                        comment=comment,
                        ticked=typed.ticked,
                        now=utc_now(),
                    )
                else:
                    mark(
                        session,
                        submission_id,
                        marker_id=me,
                        points=points,
                        comment=comment,
                        ticked=typed.ticked,
                        seen=seen,
                        now=utc_now(),
                    )
            if request.form.get("keep"):
                saved_comments.save_comment(
                    session, course.id, text=typed.comment, question_id=item.question_id, actor_id=me, now=utc_now()
                )
    except Faulty as fault:
        return _refused(course, place, typed, str(fault), fault.errors, 422)
    except MarkedMeanwhile as crossed:
        forget_reading()
        item = item_to_mark(course_slug, assignment_slug, item_slug)[1]
        return _refused(course, place_of(reading(), item, code), typed, str(crossed), {}, 409)
    forget_reading()
    to = _onwards(course_slug, assignment_slug, item_slug, code)
    if _wants_json():
        return {"url": to}
    return redirect(to, 303)


def _onwards(course_slug: str, assignment_slug: str, item_slug: str, code: str) -> str:
    """Where to after saving: the next to mark, the list when there is none, or back to the disagreements."""
    course, item = item_to_mark(course_slug, assignment_slug, item_slug)
    if request.form.get("settle"):
        flash("Settled.", "good")
        return url_for("ta.marking_assignment", course_slug=course_slug, assignment_slug=assignment_slug)
    if request.form.get("go") == "stay":
        return answer_url(course, item, code)
    place = place_of(reading(), item, code)
    following = place.queue.next_to_mark(place.index)
    if following is not None:
        return answer_url(course, item, following.code)
    flash("Saved, and that was the last one for you here.", "good")
    return item_url(course, item)


def _page(course: Course, place: Place, typed: Typed | None, status: int = 200) -> ResponseReturnValue:
    item, entry, session, me = place.item, place.entry, reading(), current_person().id
    submission = answer_with_key(session, entry.submission_ids[0])
    if submission.answer is None or not is_marked_by_people(submission):
        abort(404)
    marks = marks_of(session, submission)
    own = next((one for one in marks if one.marker_id == me and not one.is_settled), None)
    is_two = item.assignment.markers_wanted == 2
    # Of two markers nobody sees the other's mark before they gave theirs; a third who settles sees both.
    is_full = is_two and len([one for one in marks if not one.is_settled]) >= 2
    shown = [one for one in marks if not is_two or own is not None or is_full or one.marker_id == me]
    is_settling = is_full and entry.stand in (Stand.DIFFERS, Stand.MARKED) and (own is None or "settle" in request.args)
    version = submission.version
    states = states_of_marks(session, entry.submission_ids, item.assignment.markers_wanted, me)
    before, after = _neighbours(place)
    skip = place.queue.next_to_mark(place.index)
    return (
        render_template(
            "ta/marking_answer.html",
            course=course,
            assignment=item.assignment,
            item=item,
            version=version,
            submission=submission,
            entry=entry,
            place=place,
            solution=solution(version),
            choice=choice_of(version, submission.answer),
            statement=markdown.without_title(version.statement),
            pictures=folder_of(
                "staff.picture", course_slug=course.slug, question_id=version.question_id, number=version.number
            ),
            most=most_points(submission),
            typed=typed or _given(None if is_settling else own or (None if is_two else _newest(marks)), submission),
            own=own,
            others=[one for one in shown if one is not own],
            is_two=is_two,
            is_settling=is_settling,
            seen=[(code_of(item.id, me, id_), state) for id_, state in states.items()],
            row=progress(session, [item], me)[0],
            previous=None if before is None else answer_url(course, item, before),
            next=None if after is None else answer_url(course, item, after),
            skip=None if skip is None or skip.code == entry.code else answer_url(course, item, skip.code),
            item_url=item_url(course, item),
            saved=saved_comments.saved_comments(session, course.id, item.question_id),
            most_characters=MAX_COMMENT_CHARACTERS,
        ),
        status,
    )


def _refused(
    course: Course, place: Place, typed: Typed, sentence: str, errors: dict[str, str], status: int
) -> ResponseReturnValue:
    """What was typed is kept: by the script where it stands, else in the form that comes back."""
    if _wants_json():
        return {"title": "Not saved", "status": status, "detail": sentence, "errors": errors}, status
    kept = Typed(typed.ticked, typed.points, typed.comment, typed.with_same, errors, "" if errors else sentence)
    return _page(course, place, kept, status)


def _neighbours(place: Place) -> tuple[str | None, str | None]:
    """The codes before and after in the queue; around its ends."""
    codes = [entry.code for entry in place.queue.entries]
    if place.index is None or len(codes) < 2:
        return None, None
    return codes[place.index - 1], codes[(place.index + 1) % len(codes)]


def _meant(place: Place, typed: Typed) -> dict[int, str]:
    """What the form is about: each submission with the state that its marker saw."""
    seen = dict(part.split(".", 1) for part in request.form.getlist("seen") if "." in part)
    by_code = dict(zip(place.entry.codes, place.entry.submission_ids, strict=True))
    meant = {by_code[code]: state for code, state in seen.items() if code in by_code}
    if not meant:
        raise MarkedMeanwhile("This answer was marked since you opened it. Look at that mark, then save yours again.")
    return dict(sorted(meant.items())) if typed.with_same else dict(list(meant.items())[:1])


def _typed(form: MultiDict[str, str]) -> Typed:
    # Lines come with CR LF, and PostgreSQL keeps no NUL.
    comment = form.get("comment", "").replace("\r\n", "\n").replace("\0", "")
    return Typed(
        ticked=tuple(form.getlist("tick")),
        points=form.get("points", "").strip(),
        comment=comment,
        with_same="same" in form or "single" in form,
    )


def _points(submission: Submission, typed: Typed) -> float:
    """What was typed, with a point or a decimal comma; where nothing was, what is ticked."""
    most = most_points(submission)
    if typed.points:
        try:
            return float(typed.points.replace(",", "."))
        except ValueError:
            return math.nan
    ticked = [item.points for item in solution(submission.version).rubric if item.name in typed.ticked]
    if not ticked:
        raise Faulty({"points": f"Tick what is met, or type points from 0 to {most:g}."})
    return min(most, sum(ticked))


def _with_saved(session: Session, course_id: int, question_id: int, comment: str) -> str:
    """The comment, with the saved ones that were ticked (without a script); all that were used are counted."""
    known = {str(one.id): one for one in saved_comments.saved_comments(session, course_id, question_id)}
    added = [known[id_].text for id_ in request.form.getlist("add") if id_ in known]
    used = {known[id_].id for id_ in (*request.form.getlist("add"), *request.form.getlist("used")) if id_ in known}
    saved_comments.count_uses(session, course_id, used)
    return "\n\n".join(text for text in (comment.strip(), *added) if text)


def _given(mark_: Mark | None, submission: Submission) -> Typed:
    """What a mark was given as; empty points where the ticks say the same."""
    if mark_ is None:
        return Typed()
    rubric = solution(submission.version).rubric
    from_ticks = sum(item.points for item in rubric if item.name in mark_.ticked)
    is_from_ticks = bool(mark_.ticked) and math.isclose(from_ticks, mark_.points)
    return Typed(tuple(mark_.ticked), "" if is_from_ticks else f"{mark_.points:.10g}", mark_.comment)


def _newest(marks: list[Mark]) -> Mark | None:
    return max(marks, key=lambda one: one.marked_at, default=None)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"
