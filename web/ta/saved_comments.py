"""The comments that markers of a course use again: searched, worded anew, added, removed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.marking import saved_comments
from grader.services.marking.marking_queue import marked_items
from web.back import refusals_go_back
from web.database import reading, transaction
from web.login import current_person
from web.search import sought
from web.ta import blueprint
from web.ta.marking_find import course_to_mark


def _to_list(course_slug: str, saved_id: int = 0) -> str:
    del saved_id
    return url_for("ta.saved_comments_page", course_slug=course_slug)


@blueprint.get("/c/<course_slug>/ta/saved-comments/")
def saved_comments_page(course_slug: str) -> ResponseReturnValue:
    """All of the course, or those with some words."""
    course = course_to_mark(course_slug)
    text = sought(request.args.get("q", ""))
    found = saved_comments.saved_comments(reading(), course.id)
    words = text.casefold().split()
    return render_template(
        "ta/saved_comments.html",
        course=course,
        text=text,
        comments=[one for one in found if all(word in f"{one.title} {one.text}".casefold() for word in words)],
        questions=_questions(course.id),
    )


@blueprint.post("/c/<course_slug>/ta/saved-comments/")
@refusals_go_back(_to_list)
def add_saved_comment(course_slug: str) -> ResponseReturnValue:
    """Keep one more."""
    course = course_to_mark(course_slug)
    question_id = request.form.get("question_id", type=int)
    with transaction() as session:
        saved_comments.save_comment(
            session,
            course.id,
            text=_typed("text"),
            title=_typed("title"),
            question_id=question_id if question_id in _questions(course.id) else None,
            actor_id=current_person().id,
            now=utc_now(),
        )
    flash("Added.", "good")
    return redirect(_to_list(course_slug), 303)


@blueprint.post("/c/<course_slug>/ta/saved-comments/<int(max=2147483647):saved_id>")
@refusals_go_back(_to_list)
def change_saved_comment(course_slug: str, saved_id: int) -> ResponseReturnValue:
    """Another wording."""
    course = course_to_mark(course_slug)
    with transaction() as session:
        saved_comments.change_comment(
            session,
            course.id,
            saved_id,
            text=_typed("text"),
            title=_typed("title"),
            actor_id=current_person().id,
            now=utc_now(),
        )
    flash("Saved.", "good")
    return redirect(_to_list(course_slug), 303)


@blueprint.post("/c/<course_slug>/ta/saved-comments/<int(max=2147483647):saved_id>/remove")
@refusals_go_back(_to_list)
def remove_saved_comment(course_slug: str, saved_id: int) -> ResponseReturnValue:
    """Offer it no more."""
    course = course_to_mark(course_slug)
    with transaction() as session:
        saved_comments.remove_comment(session, course.id, saved_id, actor_id=current_person().id, now=utc_now())
    flash("Removed.", "good")
    return redirect(_to_list(course_slug), 303)


def _questions(course_id: int) -> dict[int, str]:
    """Those that people mark, by their id."""
    return {
        item.question_id: item.question.live_version.title if item.question.live_version else item.slug
        for item in marked_items(reading(), course_id)
    }


def _typed(name: str) -> str:
    # Lines come with CR LF, and PostgreSQL keeps no NUL.
    return request.form.get(name, "").replace("\r\n", "\n").replace("\0", "")
