"""Pairs of submissions that are alike, side by side: advice for those who teach, and never for students."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.questions.question_bank import may_read_secrets
from grader.services.refusals import Reason, Refused
from grader.services.similarity import similarity
from grader.services.similarity.similarity import Pair, Side
from grader.store.courses import AssignmentItem, Course
from grader.store.words import Device
from web.back import refusals_go_back
from web.database import reading, transaction
from web.login import allowed, course_for, current_person, require
from web.nudges import nudges
from web.places import assignment_in, item_in
from web.source_view import Line, source_lines
from web.ta import blueprint

COLOURS = 6  # of matches, which come round again


@dataclass(frozen=True, slots=True)
class MatchedLine:
    """A line of one side; `match` numbers what it shares with the other side, from 1, and `begins` where it starts."""

    line: Line
    match: int | None
    begins: bool
    other_line: int | None

    @property
    def colour(self) -> int | None:
        """Which of the colours."""
        return None if self.match is None else (self.match - 1) % COLOURS + 1


@dataclass(frozen=True, slots=True)
class Shown:
    """One side as the page shows it: of another course without a name, unless they may see everybody's there too."""

    name: str
    where: str
    url: str | None
    share: float
    lines: list[MatchedLine]
    key: str


@blueprint.get("/c/<course_slug>/ta/similarity/")
def similarity_overview(course_slug: str) -> ResponseReturnValue:
    """Every question for which programs are handed in, with what its last comparison found."""
    course = _course(course_slug)
    rows = similarity.overview(reading(), course.id)
    return render_template(
        "ta/similarity.html",
        course=course,
        assignments=[(assignment, list(of)) for assignment, of in groupby(rows, lambda row: row.item.assignment)],
    )


@blueprint.get("/c/<course_slug>/ta/similarity/<assignment_slug>/<item_slug>/")
def similarity_item(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """The pairs of one question that stand out."""
    course, item = _item(course_slug, assignment_slug, item_slug)
    last, finished = similarity.last_checks(reading(), item.id)
    pairs = [] if finished is None else similarity.pairs_of(reading(), finished.id)
    return render_template(
        "ta/similarity_item.html",
        course=course,
        assignment=item.assignment,
        item=item,
        is_code=similarity.is_code(item),
        last=last,
        finished=finished,
        pairs=[(pair, _name(pair.a, course), _name(pair.b, course)) for pair in pairs],
        is_waiting=last is not None and last.state in ("queued", "running"),
    )


def _to_item(course_slug: str, assignment_slug: str, item_slug: str) -> str:
    return url_for("ta.similarity_item", course_slug=course_slug, assignment_slug=assignment_slug, item_slug=item_slug)


@blueprint.post("/c/<course_slug>/ta/similarity/<assignment_slug>/<item_slug>/")
@refusals_go_back(_to_item)
def ask_similarity(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """Have the submissions compared, now or again."""
    _, item = _item(course_slug, assignment_slug, item_slug)
    with transaction() as session:
        similarity.ask(session, item.id, actor_id=current_person().id, now=utc_now())
    nudges().publish(Device.CPU)
    return redirect(_to_item(course_slug, assignment_slug, item_slug), 303)


@blueprint.get("/c/<course_slug>/ta/similarity/<assignment_slug>/<item_slug>/<int(max=2147483647):similar_id>")
def similar_pair(course_slug: str, assignment_slug: str, item_slug: str, similar_id: int) -> ResponseReturnValue:
    """Two submissions side by side, with what they share marked and linked."""
    course, item = _item(course_slug, assignment_slug, item_slug)
    pair = similarity.pair_of(reading(), item.id, similar_id)
    if pair is None:
        abort(404)
    is_abroad = any(side.course.id != course.id for side in (pair.a, pair.b))
    if is_abroad and not may_read_secrets(reading(), current_person(), item.question_id):
        raise Refused(
            Reason.FORBIDDEN,
            "One of these is from another course, and you are asked this question as a student elsewhere. "
            "Have somebody else look at this pair.",
        )
    return render_template(
        "ta/similar_pair.html",
        course=course,
        assignment=item.assignment,
        item=item,
        pair=pair,
        sides=(_shown(pair, course, is_a=True), _shown(pair, course, is_a=False)),
        judgements=similarity.JUDGEMENTS,
    )


def _to_pair(course_slug: str, assignment_slug: str, item_slug: str, similar_id: int) -> str:
    return url_for(
        "ta.similar_pair",
        course_slug=course_slug,
        assignment_slug=assignment_slug,
        item_slug=item_slug,
        similar_id=similar_id,
    )


@blueprint.post("/c/<course_slug>/ta/similarity/<assignment_slug>/<item_slug>/<int(max=2147483647):similar_id>")
@refusals_go_back(_to_pair)
def judge_pair(course_slug: str, assignment_slug: str, item_slug: str, similar_id: int) -> ResponseReturnValue:
    """What a person thinks of it; nothing follows from it by itself."""
    course, item = _item(course_slug, assignment_slug, item_slug)
    if similarity.pair_of(reading(), item.id, similar_id) is None:
        abort(404)
    with transaction() as session:
        similarity.judge(
            session,
            similar_id,
            course_id=course.id,
            verdict=request.form.get("verdict") or None,
            note=request.form.get("note", "").replace("\r\n", "\n"),
            actor_id=current_person().id,
            now=utc_now(),
        )
    flash("Kept.", "good")
    return redirect(_to_item(course_slug, assignment_slug, item_slug), 303)


def _course(course_slug: str) -> Course:
    """Sources are shown, so both verbs are needed."""
    course = course_for(course_slug, Verb.VIEW_SIMILARITY)
    require(Verb.VIEW_ANY, course.id)
    return course


def _item(course_slug: str, assignment_slug: str, item_slug: str) -> tuple[Course, AssignmentItem]:
    course = _course(course_slug)
    return course, item_in(assignment_in(course, assignment_slug), item_slug)


def _name(side: Side, here: Course) -> str:
    """Whose it is; of a course that the reader does not teach only which course."""
    if side.course.id == here.id:
        return side.person.name
    where = f"{side.course.title} {side.course.term}".strip()
    return f"{side.person.name}, {where}" if allowed(Verb.VIEW_ANY, side.course.id) else f"somebody in {where}"


def _shown(pair: Pair, here: Course, *, is_a: bool) -> Shown:
    side = pair.a if is_a else pair.b
    may_see = side.course.id == here.id or allowed(Verb.VIEW_ANY, side.course.id)
    return Shown(
        name=_name(side, here),
        where="" if side.course.id == here.id else side.course.title,
        url=url_for("student.submission", submission_id=side.submission.id) if may_see else None,
        share=pair.row.share_a if is_a else pair.row.share_b,
        lines=_matched(source_lines(side.submission.source), pair.row.spans, is_a=is_a),
        key="a" if is_a else "b",
    )


def _matched(lines: list[Line], spans: list[list[int]], *, is_a: bool) -> list[MatchedLine]:
    """Each line with the first of the matches that it is in."""
    matches: dict[int, tuple[int | None, bool, int | None]] = {}
    for number, (first_a, last_a, first_b, last_b) in enumerate(spans, start=1):
        first, last, other = (first_a, last_a, first_b) if is_a else (first_b, last_b, first_a)
        for place in range(first, last + 1):
            matches.setdefault(place, (number, place == first, other))
    return [MatchedLine(line, *matches.get(line.number, (None, False, None))) for line in lines]
