"""From a draft to a version, with what that changes for whom; and what differs between any two."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import undefer

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.questions import verifications, workshop, workshop_publish
from grader.services.questions.publish import files_of, find_version
from grader.services.questions.question_bank import versions_of
from grader.store.courses import Course
from grader.store.questions import Question, QuestionVersion
from web.back import refusals_go_back
from web.database import forget_reading, reading, transaction
from web.login import course_for, current_person
from web.staff import blueprint
from web.staff.file_diffs import changes_between
from web.staff.workshop import draft_here

_DRAFT = "/c/<course_slug>/staff/drafts/<int:draft_id>"
_QUESTION = "/c/<course_slug>/staff/questions/<int:question_id>"


def _publish_address(course_slug: str, draft_id: int) -> str:
    return url_for("staff.publish_page", course_slug=course_slug, draft_id=draft_id)


@blueprint.get(f"{_DRAFT}/publish")
def publish_page(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """What publishing would change, and for whom."""
    course, found = draft_here(course_slug, draft_id)
    session = reading()
    live = _live_version(found.name)
    return render_template(
        "staff/workshop_publish.html",
        course=course,
        draft=found,
        live=live,
        changes=[] if live is None else changes_between(files_of(live), workshop.files_of_draft(found)),
        uses=workshop_publish.uses(session, found.name, course.id),
        proof=verifications.passed(session, found.name, found.digest),
        known=find_version(session, found.name, found.digest),
        check=verifications.newest(session, found.id),
        why_not=workshop_publish.why_not(session, current_person(), found.name),
        now=utc_now(),
    )


@blueprint.post(f"{_DRAFT}/publish")
@refusals_go_back(_publish_address)
def publish_draft(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """Make the draft the question's live version."""
    course, _ = draft_here(course_slug, draft_id)
    with transaction() as session:
        published, name = workshop_publish.publish_draft(
            session, course.id, draft_id, digest=request.form.get("digest", ""), actor=current_person()
        )
    forget_reading()
    version = reading().get_one(QuestionVersion, published.version_id)
    flash(f"{name}: version {published.number} is live.", "good")
    return redirect(
        url_for("staff.question", course_slug=course.slug, question_id=version.question_id, published=1), 303
    )


@blueprint.get(f"{_DRAFT}/compare")
def compare_draft(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """The draft against a version of its question: the live one, or ?version=2."""
    course, found = draft_here(course_slug, draft_id)
    live = _live_version(found.name)
    if live is None:
        abort(404)
    versions = versions_of(reading(), live.question_id)
    number = request.args.get("version", type=int) or live.number
    before = next((one for one in versions if one.number == number), None) or abort(404)
    return render_template(
        "staff/workshop_compare.html",
        course=course,
        title=found.name,
        back=url_for("staff.draft", course_slug=course.slug, draft_id=found.id),
        back_label=found.name,
        before=f"version {before.number}",
        after="the draft",
        versions=versions,
        number=number,
        second=None,
        changes=changes_between(_files(before), workshop.files_of_draft(found)),
    )


@blueprint.get(f"{_QUESTION}/compare")
def compare_versions(course_slug: str, question_id: int) -> ResponseReturnValue:
    """Two versions, ?from=1&to=2; without, the live one with the one before it."""
    course = course_for(course_slug, Verb.VIEW_QUESTIONS)
    versions = versions_of(reading(), question_id)
    if not versions:
        abort(404)
    workshop.check_readable(reading(), current_person(), versions[0].question)
    after = _chosen(versions, request.args.get("to", type=int), versions[0].number)
    before = _chosen(versions, request.args.get("from", type=int), after.number - 1)
    return render_template(
        "staff/workshop_compare.html",
        course=course,
        title=after.title,
        back=url_for("staff.question", course_slug=course.slug, question_id=question_id),
        back_label=after.title,
        before=f"version {before.number}",
        after=f"version {after.number}",
        versions=versions,
        number=before.number,
        second=after.number,
        changes=changes_between(_files(before), _files(after)),
    )


@blueprint.post(f"{_QUESTION}/retire")
def retire_question(course_slug: str, question_id: int) -> ResponseReturnValue:
    """Offer it to no further assignment, or, with `back`, again to all."""
    course = course_for(course_slug, Verb.EDIT_QUESTIONS)
    is_retired = "back" not in request.form
    with transaction() as session:
        workshop_publish.set_retired(session, course.id, question_id, is_retired=is_retired, actor=current_person())
    flash("It is retired: no further assignment can take it." if is_retired else "It is offered again.", "good")
    return redirect(url_for("staff.question", course_slug=course.slug, question_id=question_id), 303)


def regrade_address(course: Course, question_id: int, number: int) -> str | None:
    """Where earlier submissions can be graded by a version."""
    if "staff.new_regrade" not in current_app.view_functions:
        return None
    return url_for("staff.new_regrade", course_slug=course.slug, question=question_id, version=number)


def _live_version(name: str) -> QuestionVersion | None:
    question = reading().query(Question).filter_by(name=name).one_or_none()
    return None if question is None else question.live_version


def _chosen(versions: list[QuestionVersion], number: int | None, otherwise: int) -> QuestionVersion:
    """The version of that number; of those, the nearest that is there where none was asked for."""
    if number is None:
        return min(versions, key=lambda one: abs(one.number - otherwise))
    return next((one for one in versions if one.number == number), None) or abort(404)


def _files(version: QuestionVersion) -> dict[str, bytes]:
    found = reading().get_one(QuestionVersion, version.id, options=[undefer(QuestionVersion.files)])
    return files_of(found)
