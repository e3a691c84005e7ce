from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.people import accounts
from grader.store.database import Database
from grader.store.models import Assignment, Course, Enrolment, GradingRun, Person, Submission
from grader.store.words import CourseRole, RunState
from tests.classroom import Classroom, make_classroom
from tests.passwords import PASSWORD
from tests.web.visitor import Visitor, populated, site_of
from tests.world import enrol

HEAT = "/c/class/ta/a/tutorial-3/"


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Flask:
    return site_of(tmp_path, sqlite_url)


@pytest.fixture
def classroom(site: Flask) -> Classroom:
    database: Database = site.extensions["grader.database"]
    with database.transaction() as session:
        made = make_classroom(session, students=12, items=5)
        for person_id in (made.ta_id, made.staff_id, made.student_ids[0]):
            accounts.set_password(session.get_one(Person, person_id), PASSWORD)
    return made


@pytest.fixture
def ta(site: Flask, classroom: Classroom) -> Visitor:
    visitor = Visitor(site)
    visitor.log_in("tina-class")
    return visitor


def pages(classroom: Classroom, slug: str = "accuracy") -> list[str]:
    return [
        "/c/class/ta/",
        HEAT,
        f"{HEAT}?view=class",
        f"{HEAT}scores.csv",
        f"{HEAT}{slug}/",
        f"{HEAT}{slug}/people/{classroom.student_ids[0]}/",
        f"/c/class/ta/people/{classroom.student_ids[0]}/",
    ]


def test_every_page_of_the_dashboard_is_for_tas_and_staff_only(site: Flask, classroom: Classroom) -> None:
    visitors = {login: Visitor(site) for login in ("tina-class", "sam-class", "s0000-class")}
    populated(site)
    visitors["eve"] = Visitor(site)
    for login, visitor in visitors.items():
        visitor.log_in(login)
    for path in pages(classroom):
        answers = {login: visitor.get(path).status_code for login, visitor in visitors.items()}
        assert answers == {"tina-class": 200, "sam-class": 200, "s0000-class": 403, "eve": 404}, path


def test_what_belongs_to_another_course_is_not_found_in_this_one(
    site: Flask, classroom: Classroom, ta: Visitor
) -> None:
    world = populated(site)
    for path in (
        "/c/class/ta/a/t3/",
        f"{HEAT}tensor_sub/",
        f"/c/class/ta/people/{world.people['ada']}/",
        f"{HEAT}accuracy/people/{world.people['ada']}/",
        "/c/ml/ta/",
    ):
        assert ta.get(path).status_code == 404, path


def test_the_heat_map_leads_from_a_cell_to_every_submission(site: Flask, classroom: Classroom, ta: Visitor) -> None:
    page = ta.get(HEAT).text
    database: Database = site.extensions["grader.database"]
    with database.reading() as session:
        submission = session.scalars(select(Submission).order_by(Submission.id)).first()
        assert submission is not None
        slug, person_id = submission.item.slug, submission.person_id
        ids = session.scalars(
            select(Submission.id).where(Submission.item_id == submission.item_id, Submission.person_id == person_id)
        ).all()
    cell = f"{slug}/people/{person_id}/"
    assert f'href="{cell}"' in page
    listed = ta.get(HEAT + cell).text
    for submission_id in ids:
        assert f"/submissions/{submission_id}/" in listed


def test_a_failed_run_is_the_first_thing_a_ta_sees_with_its_reason(
    site: Flask, classroom: Classroom, ta: Visitor
) -> None:
    database: Database = site.extensions["grader.database"]
    with database.transaction() as session:
        run = session.scalars(select(GradingRun).where(GradingRun.state == RunState.FINISHED)).first()
        assert run is not None
        run.state, run.verdict, run.fault = RunState.FAILED, None, "the <b>judge</b> was killed"
        submission_id = run.submission_id
    page = ta.get("/c/class/ta/").text
    assert page.index("could not be graded") < page.index('<h2 id="assignments"')
    assert "the &lt;b&gt;judge&lt;/b&gt; was killed" in page
    assert f"/submissions/{submission_id}/" in page


def test_names_that_people_chose_are_shown_as_text(site: Flask, classroom: Classroom, ta: Visitor) -> None:
    database: Database = site.extensions["grader.database"]
    with database.transaction() as session:
        session.get_one(Person, classroom.student_ids[0]).name = "<script>alert(1)</script>"
    for path in pages(classroom):
        if not path.endswith("scores.csv"):
            assert "<script>alert(1)" not in ta.get(path).text


def test_filters_and_pages_that_make_no_sense_still_answer(ta: Visitor) -> None:
    for query in ("section=x&page=-3", "sort=nonsense", "page=99999", "section=99999", "q=%00", "view=other"):
        assert ta.get(f"{HEAT}?{query}").status_code == 200, query
    for query in ("show=nonsense&page=x", "show=failed&q=nobody"):
        assert ta.get(f"{HEAT}accuracy/?{query}").status_code == 200, query


def test_the_export_is_a_file_that_excel_reads_when_asked(ta: Visitor) -> None:
    plain, marked = ta.get(f"{HEAT}scores.csv"), ta.get(f"{HEAT}scores.csv?form=long&bom=1")
    assert plain.mimetype == "text/csv"
    assert "attachment" in plain.headers["Content-Disposition"]
    assert not plain.data.startswith(b"\xef\xbb\xbf")
    assert marked.data.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.DictReader(io.StringIO(plain.text)))) == 12
    assert len(list(csv.DictReader(io.StringIO(marked.data.decode("utf-8-sig"))))) == 12 * 5


def test_an_empty_course_says_what_to_do(site: Flask, classroom: Classroom) -> None:
    database: Database = site.extensions["grader.database"]
    with database.transaction() as session:
        course = Course(slug="empty", title="Empty", created_at=utc_now())
        session.add(course)
        session.flush()
        enrol(session, course.id, classroom.staff_id, CourseRole.STAFF)
        session.add(Assignment(course_id=course.id, slug="a", title="A", created_at=utc_now()))
    staff = Visitor(site)
    staff.log_in("sam-class")
    for path in ("/c/empty/ta/", "/c/empty/ta/a/a/", "/c/empty/ta/a/a/?view=class", "/c/empty/ta/a/a/scores.csv"):
        assert staff.get(path).status_code == 200, path
    assert "no questions yet" in staff.get("/c/empty/ta/a/a/").text


def test_who_left_the_course_can_still_be_looked_up(site: Flask, classroom: Classroom, ta: Visitor) -> None:
    gone = classroom.student_ids[0]
    database: Database = site.extensions["grader.database"]
    with database.transaction() as session:
        session.scalars(select(Enrolment).where(Enrolment.person_id == gone)).one().ended_at = utc_now()
    page = ta.get(f"/c/class/ta/people/{gone}/")
    assert page.status_code == 200
    assert "not in the course any more" in page.text
