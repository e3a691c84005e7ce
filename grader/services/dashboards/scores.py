"""A class's scores as TAs look at them: the grades that students see themselves, read from the class's standings.

Whoever reads refreshes the standings first (`grader.services.grades.standings.refresh`).
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.services.courses.windows import windows_in
from grader.services.csv_text import csv_text
from grader.services.dashboards.class_figures import NOTHING, Figures, figures_by_section, figures_of, totals_of
from grader.services.grades.grades import NONE, ItemGrade, grades_in, with_full_marks
from grader.store.courses import Assignment, AssignmentItem, Enrolment, Section
from grader.store.decisions import Override
from grader.store.people import Person
from grader.store.questions import Question, QuestionVersion
from grader.store.standings import Standing
from grader.store.words import CourseRole

PAGE_SIZE = 100


class Sort(StrEnum):
    """Orders of the heat map's rows."""

    NAME = "name"
    TOTAL = "total"  # the lowest first: who needs help
    TOTAL_DOWN = "total_down"


class CsvForm(StrEnum):
    """Shapes of the export."""

    WIDE = "wide"  # a row for each student, a column of points for each question
    LONG = "long"  # a row for each student and question, with everything known of the grade


@dataclass(frozen=True, slots=True)
class Column:
    """One question of the assignment and how the students of the table do in it.

    Shares are of full marks, over those with a score; None while nobody has one. `solved_share` is of all students.
    """

    item_id: int
    slug: str
    title: str
    max_score: float
    graded: int
    mean_share: float | None
    median_share: float | None
    solved_share: float | None


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody enrolled as a student."""

    person_id: int
    name: str
    login: str
    email: str | None
    section_id: int | None
    section: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One student's grades, in the order of the columns; None where there is nothing yet."""

    student: Student
    cells: tuple[ItemGrade | None, ...]
    total: float


@dataclass(frozen=True, slots=True)
class HeatMap:
    """One page of students × questions; `columns`, `max_total` and `students` speak of all pages."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    max_total: float
    students: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Group:
    """A section, or the whole class: how it does in each column."""

    name: str
    students: int
    columns: tuple[Column, ...]
    mean_total: float | None


@dataclass(frozen=True, slots=True)
class Items:
    """The questions of an assignment as tables head them."""

    ids: tuple[int, ...]
    slugs: tuple[str, ...]
    titles: tuple[str, ...]
    max_scores: tuple[float, ...]


def heat_map(
    session: Session,
    assignment_id: int,
    *,
    section_id: int | None = None,
    text: str = "",
    sort: Sort = Sort.NAME,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> HeatMap:
    """The assignment's table, for the students of a section and those whose name or login holds the text."""
    course_id = _course_id(session, assignment_id)
    items = _items(session, assignment_id)
    everybody = students_of(session, course_id)
    wanted = [student for student in everybody if _is_wanted(student, section_id, text)]
    of_all = len(wanted) == len(everybody)
    if sort is not Sort.NAME:
        totals = totals_of(session, items.ids, course_id)
        wanted.sort(
            key=lambda student: totals[student.person_id][0] if student.person_id in totals else 0.0,
            reverse=sort is Sort.TOTAL_DOWN,
        )
    figures = figures_of(
        session, items.ids, course_id, person_ids=None if of_all else [student.person_id for student in wanted]
    )
    pages = max(1, -(-len(wanted) // page_size))
    page = min(max(page, 1), pages)
    rows = _rows(session, items, wanted[(page - 1) * page_size : page * page_size])
    if sort is not Sort.NAME:  # the database may have added up in another order
        rows.sort(key=lambda row: row.total, reverse=sort is Sort.TOTAL_DOWN)
    return HeatMap(
        columns=_columns(items, figures, len(wanted)),
        rows=tuple(rows),
        max_total=sum(items.max_scores),
        students=len(wanted),
        page=page,
        pages=pages,
    )


def by_section(session: Session, assignment_id: int) -> list[Group]:
    """The whole class first, then each section with students, then those in none."""
    course_id = _course_id(session, assignment_id)
    items = _items(session, assignment_id)
    members: dict[int | None, list[Student]] = {}
    for student in students_of(session, course_id):
        members.setdefault(student.section_id, []).append(student)
    totals = totals_of(session, items.ids, course_id)
    everybody = [student for group in members.values() for student in group]
    groups = [_group("Whole class", items, everybody, figures_of(session, items.ids, course_id), totals)]
    if not members or set(members) == {None}:
        return groups
    figures = figures_by_section(session, items.ids, course_id)
    named = sorted((group[0].section or "", section_id) for section_id, group in members.items() if section_id)
    for name, section_id in named:
        groups.append(_group(name, items, members[section_id], figures.get(section_id, {}), totals))
    if None in members:
        groups.append(_group("No section", items, members[None], figures.get(None, {}), totals))
    return groups


def students_of(session: Session, course_id: int) -> list[Student]:
    """Everybody enrolled as a student now, by name."""
    rows = session.execute(
        select(Person.id, Person.name, Person.login, Person.email, Section.id, Section.name)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .outerjoin(Section, Section.id == Enrolment.section_id)
        .where(
            Enrolment.course_id == course_id,
            Enrolment.role == CourseRole.STUDENT,
            Enrolment.ended_at.is_(None),
        )
    )
    return sorted((Student(*row) for row in rows), key=lambda student: (student.name.casefold(), student.login))


def grades_over_course(
    session: Session, course_id: int, person_id: int
) -> list[tuple[Assignment, list[tuple[AssignmentItem, ItemGrade | None]]]]:
    """One person's grades in every assignment of the course, also in those that are not visible yet."""
    assignments = list(
        session.scalars(
            select(Assignment)
            .where(Assignment.course_id == course_id)
            .options(*with_full_marks())
            .order_by(Assignment.position, Assignment.id)
        ).unique()
    )
    grades = grades_in(session, assignments, windows_in(session, assignments, person_id), person_id)
    return [(assignment, [(item, grades.get(item.id)) for item in assignment.items]) for assignment in assignments]


def scores_csv(session: Session, assignment_id: int, *, form: CsvForm = CsvForm.WIDE) -> str:
    """The scores for a spreadsheet or another system, with a heading line."""
    items = _items(session, assignment_id)
    rows = _rows(session, items, students_of(session, _course_id(session, assignment_id)))
    return csv_text(_wide(items, rows) if form is CsvForm.WIDE else _long(items, rows))


def share_of(grade: ItemGrade | None) -> float | None:
    """The share of full marks; None without a score, and where there are no marks to get."""
    if grade is None or grade.score is None or not grade.max_score:
        return None
    return grade.score / grade.max_score


def cells_of(
    session: Session, item_ids: Sequence[int], person_ids: Sequence[int] | None = None
) -> dict[tuple[int, int], ItemGrade]:
    """The grades by (person id, item id), of everybody or of some, where something was handed in or set."""
    wanted = select(
        Standing.item_id,
        Standing.person_id,
        Standing.score,
        Standing.max_score,
        Standing.raw_score,
        Standing.late_factor,
        Standing.submission_id,
        Standing.attempts_used,
        Standing.state,
    ).where(Standing.item_id.in_(item_ids), Standing.state != NONE)
    live = select(Override.item_id, Override.person_id).where(
        Override.item_id.in_(item_ids), Override.revoked_at.is_(None)
    )
    if person_ids is not None:
        wanted = wanted.where(Standing.person_id.in_(person_ids))
        live = live.where(Override.person_id.in_(person_ids))
    found = {(row[1], row[0]): ItemGrade(*row) for row in session.connection().execute(wanted).all()}
    for item_id, person_id in session.execute(live):
        if (cell := found.get((person_id, item_id))) is not None:
            found[person_id, item_id] = cell._replace(is_overridden=True)
    return found


def _rows(session: Session, items: Items, students: Sequence[Student]) -> list[Row]:
    some = len(students) <= PAGE_SIZE
    grades = cells_of(session, items.ids, [student.person_id for student in students] if some else None)
    rows = []
    for student in students:
        cells = tuple(grades.get((student.person_id, item_id)) for item_id in items.ids)
        total = sum(cell.score for cell in cells if cell is not None and cell.score is not None)
        rows.append(Row(student, cells, total))
    return rows


def _course_id(session: Session, assignment_id: int) -> int:
    return session.scalars(select(Assignment.course_id).where(Assignment.id == assignment_id)).one()


def _items(session: Session, assignment_id: int) -> Items:
    found = session.execute(
        select(
            AssignmentItem.id,
            AssignmentItem.slug,
            QuestionVersion.title,
            AssignmentItem.points,
            QuestionVersion.max_score,
        )
        .join(Question, Question.id == AssignmentItem.question_id)
        .outerjoin(QuestionVersion, QuestionVersion.id == Question.live_version_id)
        .where(AssignmentItem.assignment_id == assignment_id)
        .order_by(AssignmentItem.position, AssignmentItem.id)
    ).all()
    return Items(
        ids=tuple(row[0] for row in found),
        slugs=tuple(row[1] for row in found),
        titles=tuple(row[2] or row[1] for row in found),
        max_scores=tuple((row[4] or 0.0) if row[3] is None else row[3] for row in found),
    )


def _is_wanted(student: Student, section_id: int | None, text: str) -> bool:
    if section_id is not None and student.section_id != section_id:
        return False
    wanted = text.strip().casefold()
    return wanted in student.name.casefold() or wanted in student.login


def _columns(items: Items, figures: Mapping[int, Figures], students: int) -> tuple[Column, ...]:
    columns = []
    for at, item_id in enumerate(items.ids):
        of = figures.get(item_id, NOTHING)
        columns.append(
            Column(
                item_id=item_id,
                slug=items.slugs[at],
                title=items.titles[at],
                max_score=items.max_scores[at],
                graded=of.graded,
                mean_share=of.mean_share,
                median_share=of.median_share,
                solved_share=of.solved / students if students else None,
            )
        )
    return tuple(columns)


def _group(
    name: str,
    items: Items,
    students: Sequence[Student],
    figures: Mapping[int, Figures],
    totals: Mapping[int, tuple[float, int]],
) -> Group:
    found = [totals[student.person_id] for student in students if student.person_id in totals]
    reached = [total for total, graded in found if graded]
    mean = statistics.fmean(reached) if reached else None
    return Group(name, len(students), _columns(items, figures, len(students)), mean)


def _wide(items: Items, rows: Sequence[Row]) -> Iterable[list[object]]:
    yield ["login", "name", "email", "section", *items.slugs, "total", "max_total"]
    for row in rows:
        student = row.student
        scores = [None if cell is None else cell.score for cell in row.cells]
        who = [student.login, student.name, student.email, student.section]
        yield [*who, *scores, row.total, sum(items.max_scores)]


def _long(items: Items, rows: Sequence[Row]) -> Iterable[list[object]]:
    grade = ["score", "max_score", "raw_score", "late_factor", "attempts", "state", "submission"]
    yield ["login", "name", "email", "section", "question", *grade]
    for row in rows:
        student = row.student
        who = [student.login, student.name, student.email, student.section]
        for slug, max_score, cell in zip(items.slugs, items.max_scores, row.cells, strict=True):
            if cell is None:
                yield [*who, slug, None, max_score, None, None, 0, "none", None]
                continue
            derived = [cell.score, cell.max_score, cell.raw_score, cell.late_factor]
            yield [*who, slug, *derived, cell.attempts_used, str(cell.state), cell.submission_id]
