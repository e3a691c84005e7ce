"""Dashboards in a browser: charts that lead somewhere, by mouse, by keyboard and without a script; pages that renew."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect
from werkzeug.serving import make_server

from grader.clock import utc_now
from grader.services.grades.standings import touch_everything
from grader.services.people import accounts
from grader.store.database import Database
from grader.store.models import Assignment, Person, Submission
from tests.browsers import chromium
from tests.classroom import Classroom, make_classroom
from tests.passwords import PASSWORD
from tests.web.question_world import entered
from tests.web.visitor import site_of
from web.frontend_build import ensure_built

pytestmark = pytest.mark.browser

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_WATCH_POLICY = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));"""
ASSIGNMENT = "/c/class/ta/a/tutorial-3/"
ITEM = f"{ASSIGNMENT}binary_cross_entropy/"
PAGES = (
    ITEM,
    f"{ITEM}?who=score:full",
    f"{ITEM}?verdict=accepted&attempt=1",
    f"{ASSIGNMENT}questions",
    "/c/class/ta/watch",
    "/c/class/ta/health",
    "/c/class/ta/",
)


@dataclass
class Place:
    """A site that a browser can reach, and what was complained about."""

    app: Flask
    classroom: Classroom
    address: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions["grader.database"]
        return found

    def open(self, path: str, width: int = 1280, *, script: bool = True, dark: bool = False) -> Page:
        """The page in a window of the TA's own."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            base_url=self.address,
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
        )
        context.set_default_timeout(10_000)
        context.add_init_script(_WATCH_POLICY)
        cookie = entered(self.app, "tina-class").client.get_cookie("grader")
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
    with database.transaction() as session:
        classroom = make_classroom(session, students=20, items=6)
        accounts.set_password(session.get_one(Person, classroom.ta_id), PASSWORD)
        session.get_one(Assignment, classroom.assignment_id).due_at = utc_now() + dt.timedelta(hours=2)
        touch_everything(session, classroom.course_id)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made = Place(app, classroom, f"http://127.0.0.1:{server.port}", browser)
    yield made
    for context in browser.contexts:
        context.close()
    server.shutdown()
    thread.join()
    assert made.complaints == []


def charts(page: Page) -> Locator:
    return page.locator("figure.chart")


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, False), (1280, True), (390, True)])
def test_dashboards_fit_and_are_accessible(place: Place, width: int, dark: bool) -> None:
    page = place.open(PAGES[0], width, dark=dark)
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, path
        found = [
            f"{path} {violation['id']}: {[node['html'][:150] for node in violation['nodes']]}"
            for violation in Axe().run(page).response["violations"]
            if violation["impact"] in {"serious", "critical"}
        ]
        assert not found, found


def test_a_bar_leads_to_the_students_that_it_counts(place: Place) -> None:
    page = place.open(ITEM)
    bar = charts(page).first.locator("svg a").last
    label = bar.get_attribute("aria-label") or ""
    count = re.search(r": (\d+)$", label)
    assert count is not None, label
    bar.click()
    expect(page.get_by_role("heading", name="Students", exact=True)).to_be_in_viewport()
    expect(page.locator(".below-table")).to_contain_text(f"{count[1]} student")
    page.get_by_role("link", name=re.compile("take this off")).click()
    expect(page.get_by_role("heading", name="Submissions", exact=True)).to_be_visible()


def test_a_chart_says_a_sentence_and_its_bars_are_reached_by_keyboard(place: Place) -> None:
    page = place.open(ITEM)
    picture = charts(page).first.get_by_role("img")
    expect(picture).to_have_attribute("aria-label", re.compile("Scores of .* students"))
    link = charts(page).first.locator("svg a").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("who=score"))
    page.go_back()
    charts(page).first.get_by_text("As a table").click()
    expect(charts(page).first.get_by_role("table")).to_be_visible()


def test_without_a_script_the_tables_are_there(place: Place) -> None:
    page = place.open(ITEM, script=False)
    expect(charts(page)).to_have_count(3)
    for at in range(3):
        expect(charts(page).nth(at).get_by_role("table")).to_be_visible()
    expect(page.locator("figure.chart svg")).to_have_count(0)
    charts(page).first.get_by_role("link").last.click()
    expect(page).to_have_url(re.compile("who=score"))


def test_a_page_renews_its_figures_and_leaves_alone_what_somebody_is_at(place: Place) -> None:
    page = place.open(ITEM)
    page.clock.install()
    page.goto(ITEM)
    expect(page.locator("#as-of")).to_contain_text("looked at again every 10 s")
    charts(page).first.get_by_text("As a table").click()
    page.locator("body").click(position={"x": 2, "y": 2})
    with place.database.transaction() as session:
        item_id = place.classroom.item_ids[5]
        for row in session.query(Submission).filter(Submission.item_id == item_id):
            row.submitted_at = utc_now()
        classmate = session.get_one(Person, place.classroom.student_ids[0])
        classmate.name = "Aaron Aardvark"
        touch_everything(session, place.classroom.course_id)
    page.evaluate("document.querySelector('figure.chart').dataset.old = 'yes'")
    with page.expect_response(lambda response: "binary_cross_entropy" in response.url):
        page.clock.fast_forward(11_000)
    expect(page.locator("figure.chart[data-old]")).to_have_count(0)
    expect(charts(page).first.locator("svg.chart-picture")).to_be_visible()
    expect(charts(page).first.get_by_role("table")).to_be_visible()  # it stays open
    # With the focus in it, it is left as it is, and so is its time.
    said = page.locator("#as-of").inner_text()
    page.evaluate("document.querySelector('figure.chart').dataset.old = 'yes'")
    charts(page).nth(1).locator("summary").focus()
    with page.expect_response(lambda response: "binary_cross_entropy" in response.url):
        page.clock.fast_forward(11_000)
    expect(page.locator("#as-of")).to_have_text(said)
    expect(page.locator("figure.chart[data-old]")).to_have_count(1)


def test_a_hidden_tab_rests_and_looks_again_when_it_is_seen(place: Place) -> None:
    page = place.open(ITEM)
    page.clock.install()
    page.goto(ITEM)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "fetch" else None)
    hide = "Object.defineProperty(document, 'hidden', {configurable: true, get: () => %s})"
    page.evaluate(hide % "true")
    page.clock.fast_forward(60_000)
    page.clock.fast_forward(60_000)
    assert asked == []
    page.evaluate(hide % "false")
    with page.expect_request(lambda request: request.resource_type == "fetch"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert len(asked) == 1
