"""Staff put a wrong question right, look at who would move, apply it, and the student reads why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from grader.services.questions.publish import publish
from grader.settings import ServiceSettings
from grader.spec.load import load_question
from grader.store.database import Database
from tests.journeys.service import running_service
from tests.journeys.test_pages import RIGHT_SUM, hand_in
from tests.journeys.visitor import PHONE, Visitor
from tests.world import TENSOR_ADD, bank_question

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REASON = "The reference subtracted where the statement asks for the sum."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data of a service of its own."""
    return tmp_path / "data"


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    """A service: what is published here is nothing for the other journeys."""
    folder.mkdir()
    with running_service(folder) as address:
        yield address


def publish_changed(folder: Path, file: str, old: bytes, new: bytes) -> None:
    """Publish tensor_add with another text in one of its files, as the live version."""
    files = dict(bank_question(TENSOR_ADD).files)
    name = next(path for path in files if path.endswith(file))
    assert old in files[name]
    files[name] = files[name].replace(old, new, 1)
    database = Database(ServiceSettings.from_environment({}, data_dir=folder).database_url)
    with database.transaction() as session:
        publish(session, load_question(files, TENSOR_ADD))
    database.close()


def test_a_wrong_question_is_put_right_and_its_students_are_told_why(browser: Browser, site: str, folder: Path) -> None:
    with ExitStack() as windows:

        def window(name: str, login: str, width: int = 1280) -> Visitor:
            opened = Visitor.with_window(browser, site, f"regrade-{name}", width)
            windows.callback(opened.close)
            opened.log_in(login)
            return opened

        publish_changed(folder, "solution.py", b" + ", b" - ")
        student = window("student", "ada")
        hand_in(student, "tensor_add", RIGHT_SUM)
        result = student.page.url
        expect(student.page.locator("#verdict")).not_to_have_text(re.compile("Accepted|All right"))
        publish_changed(folder, "statement.md", b"\n", b"\nAdd them, and do not subtract.\n")

        staff = window("staff", "sam")
        staff.page.goto("/c/ml/staff/regrades/")
        staff.look("none-yet")
        staff.page.get_by_role("link", name="New regrade").click()
        staff.look("choose")
        staff.page.get_by_role("main").get_by_role("link", name=re.compile("Add")).first.click()
        staff.page.get_by_label("Why").fill(REASON)
        staff.look("form")
        staff.page.get_by_role("button", name="Grade in shadow").click()
        expect(staff.page.locator("#regrade")).to_contain_text("To be decided")
        expect(staff.page.locator(".move-counts .up strong")).to_have_text("1")
        staff.look("review")
        staff.look_in_the_dark("review")
        staff.page.get_by_role("link", name=re.compile("Compare both results")).click()
        expect(staff.page.get_by_role("main")).to_contain_text("Cases that came out differently")
        staff.look("pair")
        staff.page.get_by_role("link", name="Back to the regrade").click()
        staff.page.get_by_role("link", name="Apply to all…").click()
        expect(staff.page.get_by_role("main")).to_contain_text("The grade of 1 student goes up, of 0 students down.")
        staff.look("confirm")
        student.page.goto(result)
        expect(student.page.get_by_role("main")).not_to_contain_text("graded again")
        staff.page.get_by_role("button", name="Apply to all").click()
        expect(staff.page.locator("#regrade")).to_contain_text("1 of 1")
        expect(staff.page.locator("#regrade")).not_to_contain_text("Being applied")
        staff.look("applied")

        student.page.goto(result)
        main = student.page.get_by_role("main")
        expect(main).to_contain_text("This was graded again")
        expect(main).to_contain_text(REASON)
        student.look("told-why")
        student.page.get_by_role("link", name="The result before").click()
        expect(main).to_contain_text("This is an earlier result. It does not count any more.")
        student.look("result-before")

        phone = window("phone", "sam", PHONE)
        for number, path in enumerate(("", "1/", "new", "1/1/")):
            phone.page.goto(f"/c/ml/staff/regrades/{path}")
            phone.look(f"page-{number}")
