from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from grader.clock import utc_now
from grader.services.questions.publish import publish
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, Course, Enrolment, Extension, Question, SectionWindow
from grader.store.words import CourseRole, LateKind
from tests.services.handing import hand
from tests.web.visitor import Visitor, populated, site_of
from tests.world import NEG_LOG_LIKELIHOOD, TENSOR_ADD, World, bank_question, enrol

BASE = "/c/ml/staff/assignments/"
EDIT = f"{BASE}t3/edit"
ITEMS = f"{BASE}t3/items"
WINDOWS = f"{BASE}t3/windows"
EXTENSIONS = "/c/ml/staff/extensions/"


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Flask:
    return site_of(tmp_path, sqlite_url)


@pytest.fixture
def world(site: Flask) -> World:
    return populated(site)


@pytest.fixture
def sam(site: Flask, world: World) -> Visitor:
    return visitor(site, "sam")


def visitor(site: Flask, login: str) -> Visitor:
    made = Visitor(site)
    made.log_in(login)
    return made


def base_of(site: Flask) -> Database:
    found = site.extensions["grader.database"]
    assert isinstance(found, Database)
    return found


def digest(page: TestResponse) -> str:
    found = re.search(r'name="digest" value="([^"]*)"', page.text)
    assert found is not None
    return found[1]


def typed(**changes: str) -> dict[str, str]:
    """A form as a browser sends it."""
    return {
        "title": "Tutorial 3",
        "slug": "t3",
        "intro": "",
        "opens_at": "2026-10-01T09:00",
        "due_at": "2026-11-01T16:00",
        "closes_at": "",
        "late_kind": "none",
        "late_share": "",
        "attempts_allowed": "",
        "counting": "best",
        "is_visible": "1",
        "action": "save",
        **changes,
    }


def test_staff_pages_are_for_staff_only(site: Flask, world: World) -> None:
    visitors = {login: visitor(site, login) for login in ("sam", "tina", "ada", "eve")}
    for path in (BASE, f"{BASE}new", EDIT, ITEMS, WINDOWS):
        answers = {login: person.get(path).status_code for login, person in visitors.items()}
        assert answers == {"sam": 200, "tina": 403, "ada": 403, "eve": 404}, path
    for path in (f"{BASE}new", EDIT, ITEMS, f"{ITEMS}/add", WINDOWS):
        answers = {login: visitors[login].post(path).status_code for login in ("tina", "ada", "eve")}
        assert answers == {"tina": 403, "ada": 403, "eve": 404}, path


def test_extensions_are_for_tas_too(site: Flask, world: World) -> None:
    visitors = {login: visitor(site, login) for login in ("sam", "tina", "ada", "eve")}
    seen = {login: person.get(EXTENSIONS).status_code for login, person in visitors.items()}
    assert seen == {"sam": 200, "tina": 200, "ada": 403, "eve": 404}
    for path in (EXTENSIONS, f"{EXTENSIONS}1/revoke"):
        answers = {login: visitors[login].post(path).status_code for login in ("ada", "eve")}
        assert answers == {"ada": 403, "eve": 404}, path


def test_an_assignment_is_made_on_a_page_with_times_of_the_course(site: Flask, sam: Visitor) -> None:
    answer = sam.post(
        f"{BASE}new",
        **typed(title="Tutorial 4: Attention", slug="", late_kind="per_day", late_share="12,5", attempts_allowed="3"),
    )
    assert answer.status_code == 303
    assert answer.location == "/c/ml/staff/assignments/tutorial-4-attention/items"
    with base_of(site).reading() as session:
        made = session.scalars(select(Assignment).where(Assignment.slug == "tutorial-4-attention")).one()
        assert made.opens_at == dt.datetime(2026, 10, 1, 8, 0, tzinfo=dt.UTC)
        assert made.due_at == dt.datetime(2026, 11, 1, 16, 0, tzinfo=dt.UTC)
        assert (made.late_kind, made.late_share, made.attempts_allowed) == (LateKind.PER_DAY, 0.125, 3)


def test_every_kind_of_lateness_can_be_chosen(sam: Visitor) -> None:
    page = sam.get(f"{BASE}new").text
    assert {kind for kind in LateKind if f'<option value="{kind}"' in page} == set(LateKind)


def test_a_form_with_faults_comes_back_with_all_that_was_typed(site: Flask, world: World, sam: Visitor) -> None:
    answer = sam.post(
        f"{BASE}new",
        **typed(title="", intro="Read **this** </textarea> first", attempts_allowed="many", due_at="2026-09-01T10:00"),
    )
    assert answer.status_code == 422
    assert "Read **this** &lt;/textarea&gt; first" in answer.text
    assert 'value="many"' in answer.text
    assert 'value="2026-09-01T10:00"' in answer.text
    assert "Write a whole number." in answer.text
    answer = sam.post(f"{BASE}new", **typed(title="", due_at="2026-09-01T10:00"))
    assert "Give it a title." in answer.text
    assert "due before it opens" in answer.text
    with base_of(site).reading() as session:
        assert len(session.scalars(select(Assignment)).all()) == 1


def test_a_time_that_happens_twice_is_chosen_and_shown_again(site: Flask, sam: Visitor) -> None:
    fields = typed(slug="clocks", opens_at="", due_at="2026-10-25T01:30")
    answer = sam.post(f"{BASE}new", **fields)
    assert answer.status_code == 422
    assert "happens twice" in answer.text
    assert "(BST)" in answer.text
    assert sam.post(f"{BASE}new", **fields, due_at_choice="second").status_code == 303
    with base_of(site).reading() as session:
        made = session.scalars(select(Assignment).where(Assignment.slug == "clocks")).one()
        assert made.due_at == dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)
    page = sam.get(f"{BASE}clocks/edit").text
    assert re.search(r'name="due_at_choice" value="second" checked', page)


def test_a_time_that_clocks_skip_is_refused_beside_its_field(sam: Visitor) -> None:
    answer = sam.post(f"{BASE}new", **typed(slug="gap", opens_at="", due_at="2027-03-28T01:30"))
    assert answer.status_code == 422
    assert "does not exist" in answer.text
    assert 'value="2027-03-28T01:30"' in answer.text


def test_a_preview_says_the_rules_in_plain_words_and_saves_nothing(site: Flask, world: World, sam: Visitor) -> None:
    fields = typed(late_kind="flat", late_share="50", attempts_allowed="2", action="preview", title="Not yet")
    answer = sam.post(EDIT, **fields, digest=digest(sam.get(EDIT)))
    assert answer.status_code == 200
    assert "for 50 % of the score" in answer.text
    assert "2 attempts" in answer.text
    assert 'value="Not yet"' in answer.text
    with base_of(site).reading() as session:
        assert session.get_one(Assignment, world.assignment_id).title == "Tutorial 3"


def test_saving_over_somebody_elses_edit_shows_both_and_then_takes_mine(
    site: Flask, world: World, sam: Visitor
) -> None:
    seen = digest(sam.get(EDIT))
    assert sam.post(EDIT, **typed(title="Theirs"), digest=seen).status_code == 303
    conflict = sam.post(EDIT, **typed(title="Mine", intro="My words"), digest=seen)
    assert conflict.status_code == 409
    assert "Theirs" in conflict.text
    assert "My words" in conflict.text
    with base_of(site).reading() as session:
        assert session.get_one(Assignment, world.assignment_id).title == "Theirs"
    assert sam.post(EDIT, **typed(title="Mine"), digest=digest(conflict)).status_code == 303
    with base_of(site).reading() as session:
        assert session.get_one(Assignment, world.assignment_id).title == "Mine"


def test_opening_and_saving_the_form_changes_nothing_but_seconds(site: Flask, world: World, sam: Visitor) -> None:
    page = sam.get(EDIT)
    fields = dict(re.findall(r'name="(opens_at|due_at|closes_at)" type="datetime-local" value="([^"]*)"', page.text))
    assert sam.post(EDIT, **typed(**fields), digest=digest(page)).status_code == 303
    with base_of(site).reading() as session:
        saved = session.get_one(Assignment, world.assignment_id)
        assert saved.opens_at is not None
        assert saved.due_at is not None
        assert abs((saved.due_at - saved.opens_at) - dt.timedelta(hours=48)) < dt.timedelta(minutes=1)


def test_questions_are_found_added_moved_and_removed(site: Flask, world: World, sam: Visitor) -> None:
    with base_of(site).transaction() as session:
        publish(session, bank_question("infr10086/tutorial3/sample_gaussian"))
        question_id = session.scalars(select(Question.id).where(Question.name.endswith("sample_gaussian"))).one()
    assert f'value="{question_id}"' in sam.get(f"{ITEMS}?q=gauss+draw").text
    assert f'value="{question_id}"' not in sam.get(f"{ITEMS}?q=no+such+words").text
    assert sam.post(f"{ITEMS}/add", question=question_id).status_code == 303
    first, second, third = order(site, world)
    page = sam.get(ITEMS)
    answer = sam.post(
        ITEMS, digest=digest(page), item=[first, second, third], action=f"up:{third}", **{f"points-{first}": "2.5"}
    )
    assert answer.status_code == 303
    assert order(site, world) == [first, third, second]
    with base_of(site).reading() as session:
        assert session.get_one(AssignmentItem, first).points == 2.5
    answer = sam.post(ITEMS, digest=digest(sam.get(ITEMS)), item=[first, third, second], action=f"remove:{third}")
    assert answer.status_code == 303
    assert order(site, world) == [first, second]


def test_a_question_with_submissions_says_that_it_cannot_be_removed(site: Flask, world: World, sam: Visitor) -> None:
    with base_of(site).transaction() as session:
        hand(session, world, "ada", b"def tensor_add(a, b): return a")
    page = sam.get(ITEMS)
    assert "cannot be removed" in page.text
    both = order(site, world)
    answer = sam.post(ITEMS, digest=digest(page), item=both, action=f"remove:{world.item_ids[TENSOR_ADD]}")
    assert answer.status_code == 409
    assert "has submissions" in answer.text
    assert order(site, world) == both


def test_points_that_are_no_number_come_back_as_typed(site: Flask, world: World, sam: Visitor) -> None:
    first, second = order(site, world)
    answer = sam.post(
        ITEMS, digest=digest(sam.get(ITEMS)), item=[first, second], action="save", **{f"points-{first}": "lots"}
    )
    assert answer.status_code == 422
    assert 'value="lots"' in answer.text


def test_questions_saved_over_somebody_elses_change_are_shown_as_they_are_now(
    site: Flask, world: World, sam: Visitor
) -> None:
    first, second = order(site, world)
    seen = digest(sam.get(ITEMS))
    assert sam.post(ITEMS, digest=seen, item=[second, first], action="save").status_code == 303
    answer = sam.post(ITEMS, digest=seen, item=[first, second], action="save", **{f"points-{first}": "7"})
    assert answer.status_code == 409
    assert 'value="7"' in answer.text
    assert order(site, world) == [second, first]
    assert digest(answer) != seen


def test_a_section_gets_times_of_its_own(site: Flask, world: World, sam: Visitor) -> None:
    page = sam.get(WINDOWS)
    field = f"opens_at-{world.section_id}"
    answer = sam.post(WINDOWS, digest=digest(page), **{field: "2020-07-01T09:00"})
    assert answer.status_code == 303
    with base_of(site).reading() as session:
        window = session.scalars(select(SectionWindow)).one()
        assert window.opens_at == dt.datetime(2020, 7, 1, 8, 0, tzinfo=dt.UTC)
    stale = sam.post(WINDOWS, digest=digest(page), **{field: ""})
    assert stale.status_code == 409
    assert "2020-07-01 09:00" in stale.text


def test_an_extension_is_granted_to_several_and_revoked(site: Flask, world: World, sam: Visitor) -> None:
    chosen = [world.people["ada"], world.people["bob"]]
    answer = sam.post(
        EXTENSIONS, assignment=world.assignment_id, person=chosen, extra_attempts="2", reason="ill", due_at=""
    )
    assert answer.status_code == 303
    with base_of(site).reading() as session:
        granted = session.scalars(select(Extension)).all()
        assert {row.person_id for row in granted} == set(chosen)
        first = granted[0].id
    assert sam.post(f"{EXTENSIONS}{first}/revoke").status_code == 303
    with base_of(site).reading() as session:
        assert session.get_one(Extension, first).revoked_at is not None


def test_an_extension_with_faults_keeps_who_was_chosen(world: World, sam: Visitor) -> None:
    answer = sam.post(EXTENSIONS, assignment="", person=[world.people["bob"]], reason="because", extra_attempts="x")
    assert answer.status_code == 422
    assert re.search(rf'value="{world.people["bob"]}" checked', answer.text)
    assert "because" in answer.text
    assert "Choose an assignment." in answer.text


def test_a_question_shows_its_cases_and_solution_to_tas_but_never_to_students(site: Flask, world: World) -> None:
    with base_of(site).reading() as session:
        question_id = session.scalars(select(Question.id).where(Question.name == NEG_LOG_LIKELIHOOD)).one()
    path = f"/c/ml/staff/questions/{question_id}/"
    page = visitor(site, "tina").get(path)
    assert page.status_code == 200
    assert "Reference solution" in page.text
    assert visitor(site, "ada").get(path).status_code == 403
    assert visitor(site, "eve").get(path).status_code == 404


def test_a_ta_does_not_read_the_solution_of_what_they_are_asked_as_a_student_elsewhere(
    site: Flask, world: World
) -> None:
    with base_of(site).transaction() as session:
        other = Course(slug="other", title="Other", created_at=utc_now())
        session.add(other)
        session.flush()
        # Ada, a student of ml, helps in another course; the bank is shared.
        enrol(session, other.id, world.people["ada"], CourseRole.TA)
        asked = session.scalars(select(Question.id).where(Question.name == TENSOR_ADD)).one()
        publish(session, bank_question("infr10086/tutorial3/sample_gaussian"))
        free = session.scalars(select(Question.id).where(Question.name.endswith("sample_gaussian"))).one()
    ada = visitor(site, "ada")
    page = ada.get(f"/c/other/staff/questions/{asked}/")
    assert page.status_code == 200
    assert 'id="solution"' not in page.text
    assert 'id="cases"' not in page.text
    assert 'id="solution"' in ada.get(f"/c/other/staff/questions/{free}/").text
    with base_of(site).transaction() as session:
        session.scalars(
            select(Enrolment).where(Enrolment.person_id == world.people["ada"], Enrolment.course_id == world.course_id)
        ).one().ended_at = utc_now()
    assert 'id="solution"' in ada.get(f"/c/other/staff/questions/{asked}/").text


def test_an_older_version_of_a_question_can_be_read(site: Flask, world: World, sam: Visitor) -> None:
    with base_of(site).reading() as session:
        question_id = session.scalars(select(Question.id).where(Question.name == TENSOR_ADD)).one()
    path = f"/c/ml/staff/questions/{question_id}/"
    assert sam.get(f"{path}?version=1").status_code == 200
    assert sam.get(f"{path}?version=9").status_code == 404
    assert sam.get("/c/ml/staff/questions/99999/").status_code == 404
    assert "tensor_add" in sam.get("/c/ml/staff/questions/?q=tensor").text


def order(site: Flask, world: World) -> list[int]:
    """The items as they stand."""
    with base_of(site).reading() as session:
        return [item.id for item in session.get_one(Assignment, world.assignment_id).items]
