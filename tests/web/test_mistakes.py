from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.grades import releases
from grader.services.mistakes.mistake_comments import history, in_force
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, AuditEvent, GradingRun, MistakeComment
from grader.store.words import CourseRole
from tests.services.handing import another_course
from tests.services.wrong_ways import MEAN, SIGN, TYPO, WrongClass, wrong_class
from tests.web.question_world import entered
from tests.web.visitor import Visitor, form_to, site_of
from tests.world import enrol

ITEM = "/c/ml/ta/a/t3/tensor_add/mistakes"
MINE = f"{ITEM}/{MEAN}"
EVIL = '<script>alert("x")</script>[x](javascript:alert(1))'


@dataclass
class Site:
    """The site over a class that goes wrong."""

    app: Flask
    room: WrongClass

    def enter(self, login: str) -> Visitor:
        """Somebody's browser."""
        return entered(self.app, login)

    def tell(self, text: str, who: str = "tina", *, hint: bool = True, **typed: str) -> int:
        """Write the comment through the page's form; the status."""
        visitor = self.enter(who)
        sent = {"text": text, "do": "save", **typed} | ({"hint": "1"} if hint else {})
        return visitor.send(form_to(visitor.get(MINE), f"{MINE}#tell"), **sent).status_code

    def result(self, submission_id: int, who: str) -> str:
        """What they see of it."""
        page = self.enter(who).get(f"/submissions/{submission_id}/")
        assert page.status_code == 200
        return page.text

    def live(self) -> MistakeComment | None:
        """What is said of MEAN."""
        with self.room.database.reading() as session:
            return in_force(session, self.room.world.item_id, MEAN)


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Site:
    app = site_of(tmp_path, sqlite_url)
    database: Database = app.extensions["grader.database"]
    return Site(app, wrong_class(database, students=4))


def test_a_ta_sees_what_most_are_stuck_in_over_all_questions_and_goes_down_to_the_code(site: Site) -> None:
    for login in ("ada", "bob", "s1"):
        site.room.hands_in(login, MEAN, f"def tensor_add(a, b):\n    return of_{login}(a, b)\n")
    site.room.hands_in("s2", SIGN)
    tina = site.enter("tina")
    for path in ("/c/ml/ta/mistakes", "/c/ml/ta/a/t3/mistakes", ITEM):
        page = tina.get(path).text
        assert "Sum where a mean is asked for" in page
        assert "fails “worked example” and 1 more" in page
        assert f'href="{MINE}"' in page
    assert "1 other, on its own" in tina.get(ITEM).text
    page = tina.get(MINE).text
    assert "of_bob" in page
    assert "10.0" in page  # what was given in the public case
    assert "2.5" in page  # what was expected
    assert "Bob" in page
    assert "still stuck" in page


def test_pages_without_mistakes_say_what_will_be_there(site: Site) -> None:
    tina = site.enter("tina")
    assert "Nobody shares a mistake now" in tina.get("/c/ml/ta/mistakes").text
    assert "Nobody shares a mistake now" in tina.get("/c/ml/ta/a/t3/mistakes").text
    assert "<title>Mistakes · " in tina.get("/c/ml/ta/mistakes").text
    assert "No mistakes yet" in tina.get(ITEM).text
    site.room.hands_in("ada", TYPO)
    assert "No mistake is shared yet" in tina.get(ITEM).text


def test_one_comment_reaches_all_and_whoever_makes_the_mistake_next(site: Site) -> None:
    ada, bob = (site.room.hands_in(login, MEAN) for login in ("ada", "bob"))
    other = site.room.hands_in("s1", SIGN)
    assert site.tell("Divide by **n**.") == 303
    next_one = site.room.hands_in("s2", MEAN)
    for submission_id, login in ((ada, "ada"), (bob, "bob"), (next_one, "s2")):
        page = site.result(submission_id, login)
        assert "From your course staff" in page
        assert "Divide by <strong>n</strong>." in page
        assert "you and 2 others" in page
    assert "Divide by" not in site.result(other, "s1")


def test_nobody_is_told_a_number_that_says_who_the_others_are(site: Site) -> None:
    ada = site.room.hands_in("ada", MEAN)
    site.tell("Divide.")
    assert "others" not in site.result(ada, "ada")
    site.room.hands_in("bob", MEAN)
    page = site.result(ada, "ada")
    assert "others" not in page
    assert "Bob" not in page


def test_the_signature_and_the_name_among_staff_never_reach_a_student(site: Site) -> None:
    ada = site.room.hands_in("ada", MEAN, "def tensor_add(a, b):\n    return a\n")
    site.tell("Divide.", name="dunces of monday")
    seen = [site.result(ada, "ada")]
    visitor = site.enter("ada")
    seen += [visitor.get(f"/submissions/{ada}/state").text, visitor.get("/c/ml/a/t3/tensor_add/history").text]
    for text in seen:
        assert MEAN not in text
        assert "dunces" not in text


def test_withdrawn_it_is_gone_from_every_result(site: Site) -> None:
    ada = site.room.hands_in("ada", MEAN)
    site.tell("Divide.")
    assert "Divide." in site.result(ada, "ada")
    assert site.tell("Divide.", do="withdraw") == 303
    assert "Divide." not in site.result(ada, "ada")
    with site.room.database.reading() as session:
        acts = session.scalars(select(AuditEvent.act).where(AuditEvent.act.like("mistake.%"))).all()
        assert [row.text for row in history(session, site.room.world.item_id, MEAN)] == ["Divide."]
    assert acts == ["mistake.commented", "mistake.comment_withdrawn"]


def test_a_held_grade_holds_the_hint_back_as_well(site: Site) -> None:
    ada = site.room.hands_in("ada", MEAN)
    site.tell("Divide.")
    with site.room.database.transaction() as session:
        releases.set_for_everybody(
            session, site.room.world.assignment_id, held=True, changed_by=site.room.world.people["tina"]
        )
    assert "Divide." not in site.result(ada, "ada")
    assert "Divide." in site.result(ada, "tina")


def test_a_result_that_is_not_in_the_mistake_any_more_says_nothing_of_it(site: Site) -> None:
    ada = site.room.hands_in("ada", MEAN)
    site.room.hands_in("bob", MEAN)
    site.tell("Divide.")
    with site.room.database.transaction() as session:
        run = session.scalars(select(GradingRun).where(GradingRun.submission_id == ada)).one()
        run.mistake = SIGN
    assert "Divide." not in site.result(ada, "ada")


def test_of_two_tas_the_slower_is_shown_the_other_one_and_keeps_what_they_typed(site: Site) -> None:
    site.room.hands_in("ada", MEAN)
    tina = site.enter("tina")
    form = form_to(tina.get(MINE), f"{MINE}#tell")
    site.tell("Sam was quicker.", who="sam")
    page = tina.send(form, text="Mine is here.", do="save", hint="1")
    assert page.status_code == 409
    assert "Sam saved another comment meanwhile" in page.text
    assert "Sam was quicker." in page.text
    assert "Mine is here." in page.text
    assert tina.send(form_to(page, f"{MINE}#tell"), do="save", hint="1").status_code == 303
    found = site.live()
    assert found is not None
    assert found.text == "Mine is here."


def test_a_preview_changes_nothing(site: Site) -> None:
    site.room.hands_in("ada", MEAN)
    tina = site.enter("tina")
    page = tina.send(form_to(tina.get(MINE), f"{MINE}#tell"), text="By *n*.", do="preview", name="n")
    assert page.status_code == 200
    assert "By <em>n</em>." in page.text
    assert site.live() is None
    assert tina.post("/c/ml/ta/preview", text="By *n*.").text.strip() == "<p>By <em>n</em>.</p>"


def test_what_is_too_long_comes_back_as_it_was_typed(site: Site) -> None:
    site.room.hands_in("ada", MEAN)
    tina = site.enter("tina")
    page = tina.send(form_to(tina.get(MINE), f"{MINE}#tell"), text="long " * 1001, do="save")
    assert page.status_code == 422
    assert "at most 5,000 characters" in page.text
    assert form_to(page, f"{MINE}#tell").fields["text"].strip() == ("long " * 1001).strip()


def test_the_effect_is_shown_with_few_numbers_said_to_be_few(site: Site) -> None:
    site.room.hands_in("ada", MEAN)
    site.tell("Divide.")
    site.room.hands_in("ada", None)
    site.room.hands_in("bob", MEAN)
    page = site.enter("tina").get(MINE).text
    assert "Did it help?" in page
    assert "Too few students yet" in page
    assert "1 student has it on their result page and has not handed in again yet" in page
    assert " %)" not in page


# ---- attacks ----


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_a_student_reads_and_writes_no_mistakes(site: Site, who: str) -> None:
    site.room.hands_in("ada", MEAN)
    visitor = site.enter(who)
    for path in ("/c/ml/ta/mistakes", "/c/ml/ta/a/t3/mistakes", ITEM, MINE):
        assert visitor.get(path).status_code == 403
    assert visitor.post(MINE, text="I say", do="save", hint="1", seen="0").status_code == 403
    assert visitor.post("/c/ml/ta/preview", text="x").status_code == 403
    assert site.live() is None


def test_what_staff_type_is_never_markup(site: Site) -> None:
    ada = site.room.hands_in("ada", MEAN)
    assert site.tell(EVIL, name=EVIL[:100]) == 303
    for page in (
        site.result(ada, "ada"),
        *(site.enter("tina").get(path).text for path in (MINE, ITEM, "/c/ml/ta/mistakes")),
    ):
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
    assert "<script" not in site.enter("tina").post("/c/ml/ta/preview", text=EVIL).text


@pytest.mark.parametrize("mistake", ["nothing", "x" * 200, "%00", "..", quote("é\u202e"), quote("' OR 1=1 --")])
def test_a_signature_that_nobody_has_is_missing(site: Site, mistake: str) -> None:
    site.room.hands_in("ada", MEAN)
    tina = site.enter("tina")
    assert tina.get(f"{ITEM}/{mistake}").status_code == 404
    assert tina.post(f"{ITEM}/{mistake}", text="x", do="save", seen="0").status_code == 404


def test_a_signature_of_another_question_or_course_is_missing(site: Site) -> None:
    site.room.hands_in("ada", MEAN)
    tina = site.enter("tina")
    assert tina.get(f"/c/ml/ta/a/t3/neg_log_likelihood/mistakes/{MEAN}").status_code == 404
    with site.room.database.transaction() as session:
        other = another_course(session, "other")
        enrol(session, other, site.room.world.people["eve"], CourseRole.TA)
    eve = site.enter("eve")
    assert eve.get(MINE).status_code == 404
    assert eve.get(f"/c/other/ta/a/t3/tensor_add/mistakes/{MEAN}").status_code == 404
    assert eve.post(MINE, text="x", do="save", seen="0").status_code == 404


def test_a_ta_who_is_asked_the_question_elsewhere_sees_no_hidden_message(site: Site) -> None:
    for login in ("ada", "bob"):
        site.room.hands_in(login, MEAN)
    assert "secret 42" in site.enter("tina").get(MINE).text
    with site.room.database.transaction() as session:
        other = another_course(session, "elsewhere")
        enrol(session, other, site.room.world.people["tina"], CourseRole.STUDENT)
        task = Assignment(course_id=other, slug="t", title="T", created_at=utc_now())
        session.add(task)
        session.flush()
        question_id = session.get_one(AssignmentItem, site.room.world.item_id).question_id
        session.add(AssignmentItem(assignment_id=task.id, question_id=question_id, slug="one"))
    assert "secret 42" not in site.enter("tina").get(MINE).text
