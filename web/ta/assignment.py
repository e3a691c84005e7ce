"""One assignment: the table of students × questions, the class as a whole, and the scores as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.dashboards.scores import CsvForm, HeatMap, Sort, Student, by_section, heat_map, scores_csv
from grader.store.courses import Assignment, Course, Section
from web.database import reading
from web.rendering import points
from web.search import sought
from web.ta import blueprint
from web.ta.cells import Cell, cell_of, look_of, percent
from web.ta.find import assignment_for_scores
from web.ta.live import live_over


@dataclass(frozen=True, slots=True)
class Line:
    """One student's row as the template writes it."""

    student: Student
    total: str
    cells: tuple[Cell, ...]


@blueprint.get("/c/<course_slug>/ta/a/<assignment_slug>/")
def assignment(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """The heat map; with view=class every question over the class and its sections."""
    course, found = assignment_for_scores(course_slug, assignment_slug)
    if request.args.get("view") == "class":
        return _class_view(course, found)
    section_id = request.args.get("section", type=int)
    text = sought(request.args.get("q", ""))
    sort = request.args.get("sort", Sort.NAME, type=Sort)
    table = heat_map(
        reading(),
        found.id,
        section_id=section_id,
        text=text,
        sort=sort,
        page=request.args.get("page", 1, type=int),
    )
    kept: dict[str, Any] = {"section": section_id, "q": text or None}
    return render_template(
        "ta/assignment.html",
        course=course,
        assignment=found,
        table=table,
        lines=_lines(table),
        sections=_sections(course),
        section_id=section_id,
        text=text,
        sort=sort,
        Sort=Sort,
        base=url_for("ta.assignment", course_slug=course.slug, assignment_slug=found.slug),
        sort_url=lambda order: url_for(
            "ta.assignment", course_slug=course.slug, assignment_slug=found.slug, sort=order.value, **kept
        ),
        page_url=lambda page: url_for(
            "ta.assignment", course_slug=course.slug, assignment_slug=found.slug, sort=sort.value, page=page, **kept
        ),
        live=live_over([found], utc_now()),
        look_of=look_of,
        percent=percent,
    )


@blueprint.get("/c/<course_slug>/ta/a/<assignment_slug>/scores.csv", endpoint="scores_csv")
def scores_csv_file(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """The scores as CSV: form=wide or long; bom=1 puts a byte order mark in front, by which Excel knows UTF-8."""
    course, found = assignment_for_scores(course_slug, assignment_slug, is_kept=True)
    text = scores_csv(reading(), found.id, form=request.args.get("form", CsvForm.WIDE, type=CsvForm))
    encoding = "utf-8-sig" if request.args.get("bom") == "1" else "utf-8"
    return Response(
        text.encode(encoding),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{course.slug}-{found.slug}-scores.csv"'},
    )


def _class_view(course: Course, found: Assignment) -> ResponseReturnValue:
    groups = by_section(reading(), found.id)
    return render_template(
        "ta/class.html",
        course=course,
        assignment=found,
        whole=groups[0],
        sections=groups[1:],
        base=url_for("ta.assignment", course_slug=course.slug, assignment_slug=found.slug),
        max_total=sum(column.max_score for column in groups[0].columns),
        look_of=look_of,
        percent=percent,
    )


def _lines(table: HeatMap) -> list[Line]:
    return [Line(row.student, points(row.total), tuple(map(cell_of, row.cells))) for row in table.rows]


def _sections(course: Course) -> list[Section]:
    return list(reading().scalars(select(Section).where(Section.course_id == course.id).order_by(Section.name)))
