from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import event, update

from grader.clock import utc_now
from grader.services.dashboards.scores import CsvForm, Sort, by_section, grades_over_course, heat_map, scores_csv
from grader.services.grades.grades import grades_of_assignment
from grader.store.database import Database
from grader.store.models import Enrolment, Person
from tests.classroom import Classroom, make_classroom


@pytest.fixture
def classroom(database: Database) -> Classroom:
    with database.transaction() as session:
        return make_classroom(session, students=12, items=5)


def test_the_table_shows_the_grades_that_students_see(database: Database, classroom: Classroom) -> None:
    with database.reading() as session:
        table = heat_map(session, classroom.assignment_id)
        grades = grades_of_assignment(session, classroom.assignment_id)
    assert [column.item_id for column in table.columns] == list(classroom.item_ids)
    assert len(table.rows) == 12
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            assert cell == grades.get((row.student.person_id, column.item_id))
        assert row.total == pytest.approx(sum(cell.score or 0 for cell in row.cells if cell is not None))


def test_a_page_holds_some_rows_and_its_columns_speak_of_all(database: Database, classroom: Classroom) -> None:
    with database.reading() as session:
        whole = heat_map(session, classroom.assignment_id)
        first = heat_map(session, classroom.assignment_id, page_size=5)
        last = heat_map(session, classroom.assignment_id, page_size=5, page=99)
    assert (first.page, first.pages, last.page) == (1, 3, 3)
    assert [row.student.login for row in whole.rows[:5]] == [row.student.login for row in first.rows]
    assert [row.student.login for row in whole.rows[10:]] == [row.student.login for row in last.rows]
    assert first.columns == whole.columns == last.columns


def test_rows_are_ordered_by_name_or_by_total(database: Database, classroom: Classroom) -> None:
    with database.reading() as session:
        tables = {sort: heat_map(session, classroom.assignment_id, sort=sort) for sort in Sort}
    names = [row.student.name.casefold() for row in tables[Sort.NAME].rows]
    assert names == sorted(names)
    totals = [row.total for row in tables[Sort.TOTAL].rows]
    assert totals == sorted(totals)
    assert totals[0] < totals[-1]
    assert [row.total for row in tables[Sort.TOTAL_DOWN].rows] == totals[::-1]


def test_a_filter_keeps_a_section_and_a_part_of_a_name_in_any_case(database: Database, classroom: Classroom) -> None:
    with database.reading() as session:
        whole = heat_map(session, classroom.assignment_id)
        wanted = next(row.student for row in whole.rows if row.student.section_id is not None)
        in_section = heat_map(session, classroom.assignment_id, section_id=wanted.section_id)
        by_name = heat_map(session, classroom.assignment_id, text=f" {wanted.name.upper()} ")
        nobody = heat_map(session, classroom.assignment_id, text="%")
    assert {row.student.section_id for row in in_section.rows} == {wanted.section_id}
    assert 0 < in_section.students < whole.students
    assert {row.student.name for row in by_name.rows} == {wanted.name}
    assert nobody.rows == ()
    assert all(column.solved_share is None and column.mean_share is None for column in nobody.columns)


def test_who_left_the_course_is_in_no_table(database: Database, classroom: Classroom) -> None:
    gone = classroom.student_ids[0]
    with database.transaction() as session:
        session.execute(update(Enrolment).where(Enrolment.person_id == gone).values(ended_at=utc_now()))
    with database.reading() as session:
        table = heat_map(session, classroom.assignment_id)
    assert gone not in {row.student.person_id for row in table.rows}
    assert table.students == 11


def test_column_figures_are_over_those_with_a_score_and_solved_is_over_all(
    database: Database, classroom: Classroom
) -> None:
    with database.reading() as session:
        table = heat_map(session, classroom.assignment_id)
    for at, column in enumerate(table.columns):
        cells = [row.cells[at] for row in table.rows]
        shares = sorted(c.score / c.max_score for c in cells if c is not None and c.score is not None)
        assert column.graded == len(shares)
        assert column.mean_share == pytest.approx(sum(shares) / len(shares))
        # Before lateness: being late is not a matter of understanding.
        solved = [c for c in cells if c is not None and c.raw_score is not None and c.raw_score >= c.max_score - 1e-9]
        assert column.solved_share == pytest.approx(len(solved) / 12)


def test_the_class_view_adds_up_to_its_sections(database: Database, classroom: Classroom) -> None:
    with database.reading() as session:
        whole, *sections = by_section(session, classroom.assignment_id)
    assert [group.name for group in sections] == ["Monday 10:00", "Thursday 14:00", "No section"]
    assert sum(group.students for group in sections) == whole.students == 12
    for at, column in enumerate(whole.columns):
        assert sum(group.columns[at].graded for group in sections) == column.graded


def test_one_student_is_shown_over_all_assignments(database: Database, classroom: Classroom) -> None:
    person_id = classroom.student_ids[2]
    with database.reading() as session:
        ((assignment, items),) = grades_over_course(session, classroom.course_id, person_id)
        assert assignment.id == classroom.assignment_id
        table = heat_map(session, classroom.assignment_id)
    (row,) = [row for row in table.rows if row.student.person_id == person_id]
    assert sum(grade.score or 0 for _, grade in items if grade) == pytest.approx(row.total)


def test_the_wide_export_has_a_row_for_each_student_with_numbers_as_numbers(
    database: Database, classroom: Classroom
) -> None:
    with database.reading() as session:
        text = scores_csv(session, classroom.assignment_id)
        table = heat_map(session, classroom.assignment_id)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["login"] for row in rows] == [row.student.login for row in table.rows]
    for row, shown in zip(rows, table.rows, strict=True):
        assert float(row["total"]) == pytest.approx(shown.total)
        for column, cell in zip(table.columns, shown.cells, strict=True):
            assert row[column.slug] == "" if cell is None or cell.score is None else float(row[column.slug]) >= 0


def test_the_long_export_has_a_row_for_each_student_and_question(database: Database, classroom: Classroom) -> None:
    with database.reading() as session:
        rows = list(csv.DictReader(io.StringIO(scores_csv(session, classroom.assignment_id, form=CsvForm.LONG))))
    assert len(rows) == 12 * 5
    assert {row["state"] for row in rows} <= {"graded", "queued", "none", "failed", "awaiting_marking"}
    assert all(row["attempts"].isdecimal() for row in rows)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_name_becomes_a_formula_in_a_spreadsheet(database: Database, classroom: Classroom, start: str) -> None:
    name = f"{start}cmd|' /C calc'!A0"
    with database.transaction() as session:
        session.get_one(Person, classroom.student_ids[0]).name = name
    with database.reading() as session:
        for form in CsvForm:
            rows = csv.DictReader(io.StringIO(scores_csv(session, classroom.assignment_id, form=form), newline=""))
            names = {row["name"] for row in rows}
            assert f"'{name}" in names
            assert name not in names


def test_a_larger_class_asks_the_database_no_more_often(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.transaction() as session:
        small = make_classroom(session, students=3, items=2, slug="small")
        large = make_classroom(session, students=40, items=4, slug="large")
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for room in (small, large):
        asked.clear()
        with database.reading() as session:
            assert heat_map(session, room.assignment_id).students == len(room.student_ids)
        counts.append(len(asked))
    database.close()
    assert counts[0] == counts[1]
