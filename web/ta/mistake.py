"""One mistake: who made it, what they wrote, and what staff say to all of them at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.edits import Changed, Faulty
from grader.services.mistakes import mistake_comments, mistakes
from grader.services.mistakes.mistake_effect import effect_of
from grader.services.mistakes.mistake_names import MOST_CHARS
from grader.services.questions.question_bank import audience_for
from grader.store.courses import AssignmentItem, Course
from grader.store.mistakes import MistakeComment
from web import markdown
from web.database import forget_reading, reading, transaction
from web.login import course_for, current_person, held_verbs, require
from web.ta import blueprint
from web.ta.find import item_for_scores
from web.ta.mistake_sample import extract_of, failing_cases

MOST_LISTED = 200  # students, by name
_LONGEST_SIGNATURE = 32


@dataclass(frozen=True, slots=True)
class Found:
    """The mistake that an address names."""

    course: Course
    item: AssignmentItem
    cluster: mistakes.Cluster
    people: list[mistakes.MadeIt]


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form: the comment in force, or what was typed and why it was not taken."""

    text: str
    name: str
    is_hint: bool
    seen_id: int
    errors: dict[str, str] = field(default_factory=dict)
    is_preview: bool = False
    most_characters: int = mistake_comments.MAX_COMMENT_CHARACTERS
    longest_name: int = MOST_CHARS


@blueprint.get("/c/<course_slug>/ta/a/<assignment_slug>/<item_slug>/mistakes/<mistake>")
def mistake(course_slug: str, assignment_slug: str, item_slug: str, mistake: str) -> ResponseReturnValue:
    """Everything about it, with the form that comments on it."""
    return _page(_found(course_slug, assignment_slug, item_slug, mistake))


@blueprint.post("/c/<course_slug>/ta/a/<assignment_slug>/<item_slug>/mistakes/<mistake>")
def comment_mistake(course_slug: str, assignment_slug: str, item_slug: str, mistake: str) -> ResponseReturnValue:
    """Tell everybody who made it, show (do=preview) what they would read, or tell them no more (do=withdraw)."""
    found = _found(course_slug, assignment_slug, item_slug, mistake)
    require(Verb.COMMENT, found.course.id)
    typed = _typed()
    act = request.form.get("do", "save")
    if act == "preview":
        return _page(found, typed)
    actor_id, now = current_person().id, utc_now()
    try:
        with transaction() as session:
            if act == "withdraw":
                mistake_comments.withdraw(
                    session, found.item.id, mistake, seen_id=typed.seen_id, actor_id=actor_id, now=now
                )
            else:
                mistake_comments.comment(
                    session,
                    found.item.id,
                    mistake,
                    text=typed.text,
                    name=typed.name,
                    is_hint=typed.is_hint,
                    seen_id=typed.seen_id,
                    written_by=actor_id,
                    now=now,
                )
    except Faulty as fault:
        return _page(found, _again(typed, dict(fault.errors))), 422
    except Changed:
        forget_reading()
        return _conflict(course_slug, assignment_slug, item_slug, mistake, typed)
    flash(_done(act, typed, found.cluster.students), "good")
    address = request.view_args or {}
    return redirect(url_for("ta.mistake", **address), 303)


@blueprint.post("/c/<course_slug>/ta/preview")
def preview(course_slug: str) -> ResponseReturnValue:
    """A piece of Markdown as students would read it, for a form that shows it while somebody writes."""
    course_for(course_slug, Verb.COMMENT)
    return str(markdown.render(_text("text")[: mistake_comments.MAX_COMMENT_CHARACTERS]))


def _found(course_slug: str, assignment_slug: str, item_slug: str, mistake: str) -> Found:
    course, item = item_for_scores(course_slug, assignment_slug, item_slug)
    if len(mistake) > _LONGEST_SIGNATURE or not mistake.isprintable():
        abort(404)
    cluster, people = mistakes.cluster_of(reading(), item.id, mistake)
    return Found(course, item, cluster, people)


def _page(found: Found, typed: Form | None = None) -> str:
    session, person = reading(), current_person()
    course, item, cluster = found.course, found.item, found.cluster
    audience = audience_for(session, person, item.question_id, held_verbs(session, person, course.id))
    samples = mistakes.samples_of(session, item.id, cluster.mistake)
    comment = cluster.comment
    since = mistake_comments.told_since(session, item.id, cluster.mistake) if cluster.is_told else None
    return render_template(
        "ta/mistake.html",
        course=course,
        assignment=item.assignment,
        item=item,
        version=item.question.live_version,
        cluster=cluster,
        extracts=[extract_of(sample, audience) for sample in samples],
        cases=failing_cases(samples[0], audience) if samples else [],
        people=found.people[:MOST_LISTED],
        form=typed or _form(comment),
        since=since,
        effect=(
            None
            if since is None or comment is None
            else effect_of(session, item.id, cluster.mistake, since, is_hint=comment.is_hint)
        ),
    )


def _conflict(course_slug: str, assignment_slug: str, item_slug: str, mistake: str, typed: Form) -> ResponseReturnValue:
    """Somebody else was quicker: theirs is shown as it is now, what was typed here stays in the form."""
    found = _found(course_slug, assignment_slug, item_slug, mistake)
    there = found.cluster.comment
    said = (
        "Somebody else withdrew the comment meanwhile."
        if there is None
        else f"{there.writer.name} saved another comment meanwhile. It stands above the form."
    )
    error = {"conflict": f"{said} Yours is still here: compare, then save it in its place or leave the page."}
    again = Form(typed.text, typed.name, typed.is_hint, 0 if there is None else there.id, error)
    return _page(found, again), 409


def _form(comment: MistakeComment | None) -> Form:
    if comment is None:
        return Form("", "", is_hint=True, seen_id=0)
    return Form(comment.text, comment.name, comment.is_hint, comment.id)


def _typed() -> Form:
    return Form(
        _text("text"),
        _text("name"),
        request.form.get("hint") == "1",
        request.form.get("seen", 0, type=int),
        is_preview=request.form.get("do") == "preview",
    )


def _again(typed: Form, errors: dict[str, str]) -> Form:
    return Form(typed.text, typed.name, typed.is_hint, typed.seen_id, errors)


def _text(name: str) -> str:
    """As it was typed; lines come with CR LF, and PostgreSQL keeps no NUL."""
    return request.form.get(name, "").replace("\r\n", "\n").replace("\0", "")


def _done(act: str, typed: Form, students: int) -> str:
    if act == "withdraw":
        return "Withdrawn: students do not see it any more."
    if not typed.text.strip():
        return "Saved. Students are told nothing about it."
    everybody = "the student who made it" if students == 1 else f"all {students} students who made it"
    hint = ", and to whoever makes it next" if typed.is_hint else ""
    return f"Saved. It is shown to {everybody}{hint}."
