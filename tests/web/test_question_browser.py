"""The question's page in a browser: the editor, drafts that outlive everything, and checks without leaving."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from grader.clock import utc_now
from grader.pipeline.order import CaseResult, RunReport
from grader.services.grading.runs import claim, finish
from grader.store.database import Database
from grader.store.models import Draft, Submission
from grader.store.words import Device
from grader.vocab import Diagnosis, Verdict, Visibility
from tests.browsers import chromium
from tests.web.question_world import entered, open_site
from tests.world import TENSOR_ADD
from web.frontend_build import ensure_built

pytestmark = pytest.mark.browser

PAGE = "/c/ml/a/t3/tensor_add/"
PAGES = (
    *("/", "/c/ml/", "/c/ml/a/t3/", PAGE, "/c/ml/a/t3/linear_or_affine/", "/c/ml/a/t3/forgetting_zero_grad/"),
    "/c/ml/a/t3/is_it_stochastic/",
    "/c/no/",
)
EDITOR = ".cm-content"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_WATCH_POLICY = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));"""


@dataclass
class Place:
    """A site that a browser can reach."""

    app: Flask
    database: Database
    address: str
    browser: Browser
    complaints: list[str]

    def window(self, login: str = "ada", width: int = 1280) -> BrowserContext:
        """A browser of somebody's, already logged in."""
        context = self.browser.new_context(viewport={"width": width, "height": 900}, base_url=self.address)
        context.set_default_timeout(10_000)
        context.add_init_script(_WATCH_POLICY)
        cookie = entered(self.app, login).client.get_cookie("grader")
        assert cookie is not None
        context.add_cookies([{"name": "grader", "value": cookie.value, "url": self.address}])
        context.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        return context

    def open(self, login: str = "ada", width: int = 1280, path: str = PAGE) -> Page:
        """The page in a window of its own."""
        page = self.window(login, width).new_page()
        page.goto(path)
        return page

    def draft(self) -> str | None:
        with self.database.reading() as session:
            return session.scalars(select(Draft.source)).one_or_none()

    def grade(self, verdict: Verdict = Verdict.WRONG_ANSWER) -> None:
        """What a worker does, once something waits."""
        waiting = threading.Event()
        for _ in range(500):
            with self.database.transaction() as session:
                taken = claim(session, Device.CPU, "test", utc_now())
                if taken is not None:
                    assert finish(session, taken, _report(verdict), image=None, now=utc_now())
                    return
            waiting.wait(0.02)
        raise AssertionError("nothing was handed in")


def _report(verdict: Verdict) -> RunReport:
    case = CaseResult("two <b>vectors</b>", Visibility.PUBLIC, verdict, 0.0, 10.0, "", Diagnosis.SIGN, "a < b & c")
    return RunReport(TENSOR_ADD, verdict, 0.0, 10.0, 12, "local", "cpu", (case,))


@pytest.fixture(scope="module")
def browser() -> Browser:
    assert ensure_built(), "the scripts could not be built"
    return chromium(*_ARGUMENTS)


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str, browser: Browser) -> Iterator[Place]:
    app, database, _ = open_site(tmp_path, sqlite_url, attempts_allowed=5)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made = Place(app, database, f"http://127.0.0.1:{server.server_port}", browser, [])
    yield made
    for context in browser.contexts:
        context.close()
    server.shutdown()
    thread.join()
    server.server_close()
    database.close()
    assert made.complaints == []


def write(page: Page, text: str) -> None:
    """Replace what stands in the editor."""
    page.locator(EDITOR).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def expect_text(page: Page, text: str) -> None:
    expect(page.locator("#source")).to_have_value(text)


def expect_status(page: Page, text: str) -> None:
    expect(page.locator("#draft-status")).to_contain_text(text)


def test_what_is_typed_is_saved_and_comes_back_in_another_browser(place: Place) -> None:
    page = place.open()
    write(page, "# from the first browser")
    expect_status(page, "Draft saved")
    assert place.draft() == "# from the first browser"
    elsewhere = place.open()
    expect_text(elsewhere, "# from the first browser")
    expect(elsewhere.locator(EDITOR)).to_contain_text("# from the first browser")


def test_leaving_the_page_at_once_loses_nothing(place: Place) -> None:
    page = place.open()
    write(page, "# typed and gone")
    page.goto("/c/ml/")
    page.goto(PAGE)
    expect_text(page, "# typed and gone")


def test_without_a_connection_the_text_stays_in_the_browser_and_is_saved_later(place: Place) -> None:
    context = place.window()
    page = context.new_page()
    page.goto(PAGE)
    context.set_offline(offline=True)
    write(page, "# in the train")
    expect_status(page, "Not saved: no connection, kept in this browser")
    assert place.draft() is None
    page.close()
    context.set_offline(offline=False)
    again = context.new_page()
    again.goto(PAGE)
    expect_text(again, "# in the train")
    expect_status(again, "Draft saved")
    assert place.draft() == "# in the train"
    place.complaints.clear()  # the browser itself complains of the lost connection


def test_coming_back_online_saves_by_itself(place: Place) -> None:
    context = place.window()
    page = context.new_page()
    page.goto(PAGE)
    context.set_offline(offline=True)
    write(page, "# tunnel")
    expect_status(page, "Not saved")
    context.set_offline(offline=False)
    expect_status(page, "Draft saved")
    assert place.draft() == "# tunnel"
    place.complaints.clear()


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "# second"), ("Take the other", "# first")])
def test_two_windows_that_write_the_same_draft_are_asked_about(place: Place, choice: str, kept: str) -> None:
    first, second = place.open(), place.open()
    write(first, "# first")
    expect_status(first, "Draft saved")
    write(second, "# second")
    dialog = second.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_text("Show the other text").click()
    expect(dialog.locator(".conflict-text")).to_have_text("# first")
    dialog.get_by_role("button", name=choice).click()
    expect_text(second, kept)
    expect_status(second, "Draft saved")
    assert place.draft() == kept
    place.complaints[:] = [said for said in place.complaints if "409" not in said]


def test_a_check_shows_its_result_without_leaving_the_page(place: Place) -> None:
    page = place.open()
    write(page, "def tensor_add(a, b):\n    return a + b\n")
    page.get_by_role("button", name="Check on the visible cases").click()
    expect(page.locator(".check-title")).to_contain_text("Checking")
    place.grade()
    expect(page.locator(".check-title")).to_contain_text("Wrong answer")
    expect(page.locator(".check-title")).to_contain_text("0 of 1 visible cases")
    expect(page.locator(".check-cases")).to_contain_text("two <b>vectors</b>")
    expect(page.locator(".check-cases")).to_contain_text("a < b & c")
    assert page.url.endswith(PAGE)
    page.locator("#check-result").get_by_role("link", name="Details").click()
    expect(page).to_have_url(f"{place.address}/submissions/1/")


def test_a_check_of_a_file_that_cannot_be_run_says_so_once(place: Place) -> None:
    page = place.open()
    page.get_by_role("button", name="Check on the visible cases").click()
    place.grade(Verdict.INVALID_SUBMISSION)
    expect(page.locator(".check-title")).to_have_text("Cannot be run")
    expect(page.locator(".check-cases")).to_have_text("a < b & c")


def test_the_same_text_can_be_checked_again(place: Place) -> None:
    page = place.open()
    for _ in range(2):
        page.locator(EDITOR).click()
        page.keyboard.press("Control+Enter")
        expect(page.locator(".check-title")).to_contain_text("Checking")
        place.grade(Verdict.ACCEPTED)
        expect(page.locator(".check-title")).to_contain_text("1 of 1 visible cases")
    with place.database.reading() as session:
        assert session.query(Submission).count() == 2


def test_a_check_that_is_refused_says_why(place: Place) -> None:
    page = place.open()
    write(page, " ")
    page.get_by_role("button", name="Check on the visible cases").click()
    expect(page.locator(".check-title")).to_contain_text("The file is empty")
    place.complaints[:] = [said for said in place.complaints if "422" not in said]


def test_ctrl_shift_enter_submits_once(place: Place) -> None:
    page = place.open()
    write(page, "def tensor_add(a, b):\n    return 1\n")
    page.keyboard.press("Control+Shift+Enter")
    expect(page).to_have_url(f"{place.address}/submissions/1/")
    with place.database.reading() as session:
        [submission] = session.query(Submission).all()
        assert submission.source == b"def tensor_add(a, b):\n    return 1\n"
        assert submission.attempt == 1


def test_the_starter_comes_back_and_can_be_undone(place: Place) -> None:
    page = place.open()
    write(page, "# my own")
    page.get_by_role("link", name="Back to the starter").click()
    expect(page.locator(EDITOR)).to_contain_text("def tensor_add(a, b):")
    page.get_by_role("button", name="Undo").click()
    expect_text(page, "# my own")


def test_the_keyboard_gets_in_and_out_of_the_editor(place: Place) -> None:
    page = place.open()
    page.locator(EDITOR).click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Tab")
    expect(page.locator("#source")).to_have_value(re.compile(r"^    "))
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator(EDITOR)).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(EDITOR)).to_be_focused()


def test_going_back_after_a_submission_is_no_conflict(place: Place) -> None:
    page = place.open()
    write(page, "# submitted")
    page.get_by_role("button", name="Submit").click()
    expect(page).to_have_url(f"{place.address}/submissions/1/")
    page.go_back()
    write(page, "# second thoughts")
    for _ in range(100):
        if place.draft() == "# second thoughts":
            break
        page.wait_for_timeout(50)
    assert place.draft() == "# second thoughts"
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_is_easy_to_use_at_every_width(place: Place, width: int, scheme: Literal["light", "dark"]) -> None:
    page = place.window("sam", width).new_page()
    page.emulate_media(color_scheme=scheme)
    complaints: list[object] = []
    for path in PAGES:
        page.goto(path)
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = Axe().run(page).response["violations"]
        complaints += [path, too_wide] if too_wide else []
        complaints += [(path, one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]
    assert complaints == []
    place.complaints[:] = [said for said in place.complaints if "404" not in said]
