"""A TA finds what a class misunderstands, tells all of them at once, and comments on a line: by mouse, by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from grader.store.database import Database
from tests.browsers import chromium
from tests.services.wrong_ways import MEAN, WrongClass, wrong_class
from tests.web.question_world import entered
from tests.web.visitor import site_of
from web.frontend_build import ensure_built

pytestmark = pytest.mark.browser

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_WATCH_POLICY = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));"""
SOURCE = "import torch\n\n\ndef tensor_add(a, b):\n    total = torch.tensor(a)\n    return total\n"


@dataclass
class Place:
    """A site that a browser can reach, and what was complained about."""

    app: Flask
    room: WrongClass
    address: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    def open(self, login: str, path: str, width: int = 1280, *, script: bool = True) -> Page:
        """The page in a window of its own."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, base_url=self.address, java_script_enabled=script
        )
        context.set_default_timeout(10_000)
        context.add_init_script(_WATCH_POLICY)
        cookie = entered(self.app, login).client.get_cookie("grader")
        assert cookie is not None
        context.add_cookies([{"name": "grader", "value": cookie.value, "url": self.address}])
        context.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        page = context.new_page()
        page.goto(path)
        return page


@pytest.fixture(scope="module")
def browser() -> Browser:
    assert ensure_built()
    return chromium(*_ARGUMENTS)


@pytest.fixture
def place(browser: Browser, tmp_path: Path, sqlite_url: str) -> Iterator[Place]:
    app = site_of(tmp_path, sqlite_url)
    database: Database = app.extensions["grader.database"]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made = Place(app, wrong_class(database, students=3), f"http://127.0.0.1:{server.port}", browser)
    yield made
    for context in browser.contexts:
        context.close()
    server.shutdown()
    thread.join()
    assert made.complaints == []


def look(page: Page) -> None:
    """Nothing is cut off, and axe-core finds nothing serious."""
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    found = [
        f"{violation['id']}: {[node['html'][:150] for node in violation['nodes']]}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    assert not found, found


@pytest.mark.parametrize("width", [1280, 390])
def test_a_ta_finds_the_mistake_tells_everybody_and_whoever_makes_it_next_reads_it(place: Place, width: int) -> None:
    for login in ("ada", "bob"):
        place.room.hands_in(login, MEAN, f"{SOURCE}# {login}\n")
    page = place.open("tina", "/c/ml/ta/", width)
    page.get_by_role("link", name="Mistakes", exact=True).click()
    look(page)
    page.get_by_role("link", name="Sum where a mean is asked for").click()
    page.get_by_label("Comment", exact=True).fill("Divide by **n**.")
    expect(page.locator("[data-preview]").get_by_text("n", exact=True)).to_have_css("font-weight", "700")
    look(page)
    page.get_by_role("button", name="Tell all 2 students").click()
    expect(page.get_by_role("status").first).to_contain_text("all 2 students who made it, and to whoever makes it next")
    look(page)
    next_one = place.room.hands_in("s1", MEAN, SOURCE)
    result = place.open("s1", f"/submissions/{next_one}/", width)
    expect(result.get_by_role("region", name="From your course staff")).to_contain_text("Divide by n.")
    look(result)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_click_on_a_line_opens_the_form_there(place: Place, width: int) -> None:
    submission = f"/submissions/{place.room.hands_in('ada', MEAN, SOURCE)}/"
    page = place.open("tina", submission, width)
    page.locator("#L5 code").click()
    expect(page.locator("#L5 + li textarea[name=text]")).to_be_focused()
    page.keyboard.type("Where is `b`?")
    expect(page.locator("#L5 + li [data-preview] code")).to_have_text("b")
    look(page)
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#L5 + li .remark")).to_contain_text("Where is b?")
    look(page)
    student = place.open("ada", submission, width)
    expect(student.locator("#L5 + li .remark")).to_contain_text("Where is b?")
    expect(student.get_by_role("link", name="1 comment on your code")).to_be_visible()
    look(student)


def test_a_line_is_commented_on_with_the_keyboard_alone(place: Place) -> None:
    submission = f"/submissions/{place.room.hands_in('ada', MEAN, SOURCE)}/"
    page = place.open("tina", submission)
    page.locator(".source-scroll").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#L1 .line-number")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#L5 .line-number")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#L5 + li textarea[name=text]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#L5 .line-number")).to_be_focused()
    expect(page.locator("#L5 + li textarea")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.type("And b?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#L5 + li .remark")).to_contain_text("And b?")


def test_without_a_script_a_form_with_the_number_of_the_line_does_it(place: Place) -> None:
    submission = f"/submissions/{place.room.hands_in('ada', MEAN, SOURCE)}/"
    page = place.open("tina", submission, script=False)
    page.get_by_label("Line", exact=True).fill("5")
    page.get_by_label("Comment for Ada").fill("And b?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#L5 + li .remark")).to_contain_text("And b?")
    mistake = place.open("tina", f"/c/ml/ta/a/t3/tensor_add/mistakes/{MEAN}", script=False)
    mistake.get_by_label("Comment", exact=True).fill("Divide by **n**.")
    mistake.get_by_role("button", name="Preview").click()
    expect(mistake.locator("[data-preview] strong")).to_have_text("n")
    expect(mistake.get_by_label("Comment", exact=True)).to_have_value("Divide by **n**.")
