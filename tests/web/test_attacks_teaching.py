"""What a hostile student, helper or TA of another course tries with all that teachers do, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.clock import monotonic_s, utc_now
from grader.services.grades import overrides, releases
from grader.services.grading import appeals
from grader.services.handing_in.submit import hand_in
from grader.services.questions import workshop
from grader.services.refusals import Refused
from grader.store.courses import Assignment, AssignmentItem, Course
from grader.store.people import Person
from grader.store.regrades import Regrade, RegradeRun
from grader.store.similarity import SimilarityCheck, SimilarPair
from grader.store.submissions import Submission
from grader.store.words import CourseRole, RegradeScope, SimilarityState
from tests.web.api_world import grade_next
from tests.web.question_world import CHOICE, TEXT, entered, open_site
from tests.web.test_attacks_reading import Site
from tests.world import HOUR, TENSOR_ADD, enrol


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    app, database, world = open_site(tmp_path, sqlite_url)
    yield Site(app, database, world)
    database.close()


def elsewhere(site: Site, login: str, role: CourseRole, question: str) -> int:
    """Another course with the question, where this student teaches and eve is a student; the item there."""
    now = utc_now()
    with site.database.transaction() as session:
        other = Course(slug="other", title="Other", term="2026", created_at=now)
        session.add(other)
        session.flush()
        enrol(session, other.id, site.world.people[login], role)
        enrol(session, other.id, site.world.people["eve"], CourseRole.STUDENT)
        task = Assignment(course_id=other.id, slug="a", title="A", created_at=now, is_visible=True)
        session.add(task)
        session.flush()
        asked = session.get_one(AssignmentItem, site.world.item_ids[question]).question_id
        item = AssignmentItem(assignment_id=task.id, question_id=asked, slug="q", position=0)
        session.add(item)
        session.flush()
        return item.id


def close(site: Site, item_id: int) -> None:
    with site.database.transaction() as session:
        task = session.get_one(AssignmentItem, item_id).assignment
        task.due_at = task.closes_at = utc_now() - HOUR


def test_a_marker_who_is_asked_the_question_in_another_course_reads_no_model_answer(site: Site) -> None:
    elsewhere(site, "ada", CourseRole.TA, TEXT)
    eve, ada, root = (entered(site.app, login) for login in ("eve", "ada", "root"))
    sent = eve.post("/c/other/a/a/q/answer", text="It adds to the gradient of before.")
    assert sent.status_code == 303
    here = sent.headers["Location"]
    assert "Model answer" in root.client.get(f"{here}mark", follow_redirects=True).text
    page = ada.client.get(f"{here}mark", follow_redirects=True, headers={"Accept": "text/html"})
    assert page.status_code == 403
    assert "Model answer" not in page.text


def test_whoever_helps_elsewhere_opens_no_hidden_cases_of_what_is_asked_of_them(site: Site) -> None:
    item_id = elsewhere(site, "ada", CourseRole.TA, TENSOR_ADD)
    handed = {}
    for login in ("ada", "eve"):
        with site.database.transaction() as session:
            people = site.world.people
            handed[login] = hand_in(session, person_id=people[login], item_id=item_id, source=b"x = 1\n").submission_id
        grade_next(site.database)
    close(site, item_id)
    ada = entered(site.app, "ada")
    for submission_id in handed.values():
        ada.post(f"/c/other/ta/submissions/{submission_id}/appeal", reason="for my friend")
        with site.database.reading() as session:
            assert appeals.opened(session, submission_id) is None
    with site.database.transaction() as session:
        appeals.open_inputs(session, handed["eve"], reason="fair", opened_by=site.world.people["root"], now=utc_now())
    here, of_public_case = f"/submissions/{handed['eve']}/state", 1
    assert entered(site.app, "eve").get(here).text.count("expected 4711") == of_public_case + 1
    assert ada.get(here).text.count("expected 4711") == of_public_case


def test_nothing_is_opened_to_who_is_asked_the_same_question_in_an_assignment_that_is_not_over(site: Site) -> None:
    item_id = elsewhere(site, "tina", CourseRole.TA, TENSOR_ADD)
    with site.database.transaction() as session:
        submission_id = hand_in(
            session, person_id=site.world.people["eve"], item_id=item_id, source=b"x = 1\n"
        ).submission_id
        enrol(session, site.world.course_id, site.world.people["eve"], CourseRole.STUDENT)
    grade_next(site.database)
    close(site, item_id)
    tina = site.world.people["tina"]
    with site.database.transaction() as session, pytest.raises(Refused, match="Tutorial 3"):
        appeals.open_inputs(session, submission_id, reason="fair", opened_by=tina, now=utc_now())
    close(site, site.world.item_id)
    with site.database.transaction() as session:
        appeals.open_inputs(session, submission_id, reason="fair", opened_by=tina, now=utc_now())


def test_staff_of_another_course_read_no_draft_of_what_is_asked_of_them(site: Site) -> None:
    item_id = elsewhere(site, "ada", CourseRole.STAFF, TENSOR_ADD)
    with site.database.transaction() as session:
        item = session.get_one(AssignmentItem, item_id)
        root = session.get_one(Person, site.world.people["root"])
        version_id = item.question.live_version_id
        assert version_id is not None
        draft_id = workshop.from_version(session, item.assignment.course_id, version_id, actor=root).id
    ada, root_there = entered(site.app, "ada"), entered(site.app, "root")
    here = f"/c/other/staff/drafts/{draft_id}"
    for path in ("/", "/?file=reference/solution.py", "/zip", "/compare", "/publish", "/verification"):
        if root_there.get(f"{here}{path}").status_code != 404:
            assert ada.get(f"{here}{path}").status_code == 403, path
    assert "reference/solution.py" in root_there.get(f"{here}/").text


def test_points_set_by_hand_where_nothing_was_handed_in_break_no_page(site: Site) -> None:
    world = site.world
    with site.database.transaction() as session:
        for name, points in ((TENSOR_ADD, 6.0), (TEXT, 1.0)):
            overrides.set_points(
                session,
                world.item_ids[name],
                world.people["ada"],
                points=points,
                reason="ill",
                set_by=world.people["sam"],
            )
    ada, tina = entered(site.app, "ada"), entered(site.app, "tina")
    for path in ("/", "/c/ml/", "/c/ml/a/t3/", "/c/ml/a/t3/tensor_add/", "/c/ml/a/t3/tensor_add/history"):
        assert ada.get(path).status_code == 200, path
    assert "Partly right" in ada.get("/c/ml/a/t3/").text
    here = "/c/ml/ta/a/t3"
    for path in (f"{here}/", f"{here}/?view=class", f"{here}/scores.csv", f"{here}/tensor_add/", f"{here}/overrides/"):
        assert tina.get(path).status_code == 200, path
    assert tina.get(f"/c/ml/ta/people/{world.people['ada']}/").status_code == 200
    with site.database.transaction() as session:
        releases.set_for_everybody(session, world.assignment_id, held=True, changed_by=world.people["sam"])
    assert "Partly right" not in ada.get("/c/ml/a/t3/").text


def test_nothing_tells_whether_a_written_answer_was_right_while_grades_are_held(site: Site) -> None:
    slug = CHOICE.rpartition("/")[2]
    with site.database.transaction() as session:
        releases.set_for_everybody(session, site.world.assignment_id, held=True, changed_by=site.world.people["sam"])
        version = session.get_one(AssignmentItem, site.world.item_ids[CHOICE]).question.live_version
        assert version is not None
        options = [option["name"] for option in version.spec["option"]]
    pages: dict[str, list[str]] = {}
    for login, option in (("ada", options[0]), ("bob", options[1])):
        visitor = entered(site.app, login)
        here = visitor.post(f"/c/ml/a/t3/{slug}/answer", choices=option).headers["Location"]
        places = (here, f"{here}state", "/c/ml/", "/c/ml/a/t3/", f"/c/ml/a/t3/{slug}/", f"/c/ml/a/t3/{slug}/history")
        pages[login] = [visitor.get(place).text for place in places]
        assert [place for place, page in zip(places, pages[login], strict=True) if "The solution" in page] == []
    for of_ada, of_bob in zip(pages["ada"], pages["bob"], strict=True):
        for word in ('class="badge ok"', 'class="badge bad"', ">Right<", ">Wrong<", "Solved", '"score": 1'):
            assert (word in of_ada) == (word in of_bob), word
    assert '"score":null' in pages["ada"][1].replace(" ", "")


@pytest.mark.parametrize(
    "source", ["\ud800", "![\ud800](rows.svg)", "![a](" * 20_000, "![" * 50_000, "```\n![a](" * 10_000]
)
def test_no_text_makes_a_drafts_preview_or_its_check_fail_or_last(site: Site, source: str) -> None:
    item_id = elsewhere(site, "tina", CourseRole.STAFF, TENSOR_ADD)
    with site.database.transaction() as session:
        item = session.get_one(AssignmentItem, item_id)
        root = session.get_one(Person, site.world.people["root"])
        version_id = item.question.live_version_id
        assert version_id is not None
        draft_id = workshop.from_version(session, item.assignment.course_id, version_id, actor=root).id
    site.app.config["WTF_CSRF_ENABLED"] = False
    visitor = entered(site.app, "root")
    for act in ("preview", "check"):
        began_s = monotonic_s()
        answer = visitor.client.post(
            f"/c/other/staff/drafts/{draft_id}/{act}",
            json={"source": source, "file": "statement.md"},
            headers={"Origin": "http://localhost"},
        )
        assert answer.status_code in {200, 400, 415, 422}, answer.text
        assert monotonic_s() - began_s < 5.0


def test_a_pair_with_another_course_is_not_shown_to_who_is_asked_the_question_elsewhere(site: Site) -> None:
    item_id = elsewhere(site, "ada", CourseRole.TA, TENSOR_ADD)
    people = site.world.people
    with site.database.transaction() as session:
        of_bob = hand_in(session, person_id=people["bob"], item_id=site.world.item_id, source=b"secret = 4711\n")
        of_eve = hand_in(session, person_id=people["eve"], item_id=item_id, source=b"secret = 4712\n")
        course_id = session.get_one(AssignmentItem, item_id).assignment.course_id
        check = SimilarityCheck(
            course_id=course_id, item_id=item_id, state=SimilarityState.FINISHED, queued_at=utc_now()
        )
        session.add(check)
        session.flush()
        shares = {"share": 0.9, "share_a": 0.9, "share_b": 0.8, "tokens": 40, "spans": [[1, 1, 1, 1]]}
        pair = SimilarPair(check_id=check.id, a_id=of_bob.submission_id, b_id=of_eve.submission_id, note="", **shares)
        session.add(pair)
        session.flush()
        here = f"/c/other/ta/similarity/a/q/{pair.id}"
    assert entered(site.app, "root").get(here).status_code == 200
    page = entered(site.app, "ada").get(here)
    assert page.status_code == 403
    assert "4711" not in page.text


def test_a_regrade_that_is_applied_after_an_appeal_was_opened_is_not_opened_with_it(site: Site) -> None:
    people, opened_at = site.world.people, utc_now() - HOUR / 2
    with site.database.transaction() as session:
        submission_id = hand_in(
            session, person_id=people["ada"], item_id=site.world.item_id, source=b"x = 1\n"
        ).submission_id
    grade_next(site.database)
    close(site, site.world.item_id)
    with site.database.transaction() as session:
        submission = session.get_one(Submission, submission_id)
        [run] = submission.runs
        run.finished_at = opened_at - HOUR
        appeals.open_inputs(session, submission_id, reason="fair", opened_by=people["tina"], now=opened_at)
        regrade = Regrade(
            course_id=submission.course_id,
            item_id=submission.item_id,
            version_id=submission.version_id,
            scope=RegradeScope.ALL,
            reason="why",
            created_by=people["sam"],
            created_at=opened_at,
        )
        session.add(regrade)
        session.flush()
        row = RegradeRun(regrade_id=regrade.id, submission_id=submission_id, old_run_id=run.id, run_id=run.id)
        session.add(row)
        regrade_id = regrade.id
    here = f"/submissions/{submission_id}/state"
    assert entered(site.app, "ada").get(here).text.count("expected 4711") == 2
    with site.database.transaction() as session:
        session.get_one(RegradeRun, (regrade_id, submission_id)).applied_at = utc_now()
    assert entered(site.app, "ada").get(here).text.count("expected 4711") == 1
