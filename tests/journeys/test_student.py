from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenWindow
from tests.journeys.service import PASSWORD
from tests.journeys.visitor import DESKTOP, EDITOR, PHONE
from tests.world import NEG_LOG_LIKELIHOOD, ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "/c/ml/a/t3/neg_log_likelihood/"
RIGHT = (ROOT / "reference" / NEG_LOG_LIKELIHOOD / "solution.py").read_text("utf-8")
WRONG = """import math


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    return d / 2 * math.log(2 * math.pi * var_) + ((samples - mu) ** 2).sum() / (2 * var_)
"""


@pytest.mark.parametrize(("login", "width"), [("ada", DESKTOP), ("bob", PHONE)])
def test_a_student_finds_the_question_fails_understands_and_is_accepted(
    window: OpenWindow, login: str, width: int
) -> None:
    ours = window("student", width)
    page = ours.page
    page.goto("/login")
    ours.look("login")
    ours.log_in(login)
    ours.look("home")
    page.get_by_role("main").get_by_role("link", name="Machine Learning").click()
    ours.look("course")
    page.get_by_role("main").get_by_role("link", name="Tutorial 3").first.click()
    ours.look("assignment")
    page.get_by_role("main").get_by_role("link", name="Negative log-likelihood").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Negative log-likelihood")
    ours.look("question")
    ours.look_in_the_dark("question")

    ours.write(WRONG)
    page.get_by_role("button", name="Check on the visible cases").click()
    expect(page.locator("#check-result")).to_contain_text("worked example")
    ours.look("checked")
    expect(page.locator(".question-facts")).to_contain_text("10 of 10 attempts left")

    page.get_by_role("button", name="Submit").click()
    page.wait_for_url(re.compile("/submissions/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Partly right")
    expect(page.get_by_role("main")).to_contain_text("The result is 4.9741716 where 3.8075047 is expected.")
    expect(page.get_by_role("main")).to_contain_text("9 attempts left")
    ours.look("wrong")
    ours.look_in_the_dark("wrong")

    page.get_by_role("link", name="Edit and try again").click()
    expect(page.locator(".cm-content")).to_contain_text("math.log(2 * math.pi * var_)")
    ours.write(RIGHT)
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url(re.compile("/submissions/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Accepted")
    ours.look("accepted")
    ours.look_in_the_dark("accepted")

    page.get_by_role("link", name="All attempts").click()
    expect(page.get_by_role("row", name=re.compile("Attempt 2 Counts"))).to_contain_text("10 / 10")
    ours.look("history")
    page.get_by_role("link", name="What changed in Attempt 2").click()
    expect(page.get_by_role("table")).to_contain_text("squared_distances")
    ours.look("diff")
    ours.look_in_the_dark("diff")


def test_the_copy_button_puts_the_failing_case_on_the_clipboard(window: OpenWindow) -> None:
    ours = window("copy", permissions=["clipboard-read", "clipboard-write"])
    ours.log_in("ada")
    ours.page.goto(QUESTION)
    ours.write(WRONG + "# to copy\n")
    ours.page.get_by_role("button", name="Submit").click()
    ours.page.get_by_role("button", name="Copy").first.click()
    expect(ours.page.get_by_role("button", name="Copied")).to_be_visible()
    assert "result = neg_log_likelihood(samples, mu, var_)" in ours.page.evaluate("navigator.clipboard.readText()")


def test_the_keyboard_alone_is_enough(window: OpenWindow) -> None:
    """Nothing here uses the mouse: Tab, Enter, and the keys that the page tells of."""
    ours = window("keyboard")
    page, keys = ours.page, ours.page.keyboard
    page.goto("/login")
    expect(page.get_by_label("Login")).to_be_focused()
    keys.type("tina")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    ways = {"Machine Learning": "Assignments", "Tutorial 3": "Tutorial 3", "Negative log-likelihood": "Negative log"}
    for link, heading in ways.items():
        ours.tab_to(re.compile(link), within="main")
        keys.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    ours.tab_to(re.compile(EDITOR))
    keys.press("Control+a")
    ours.paste("def neg_log_likelihood(samples, mu, var_):")
    keys.press("Enter")
    keys.type("return None")
    assert ours.written() == "def neg_log_likelihood(samples, mu, var_):\n    return None"
    keys.press("Control+Enter")
    expect(page.locator("#check-result")).to_contain_text("worked example")
    keys.press("Escape")
    keys.press("Tab")
    assert ours.focused() != EDITOR, "Escape, then Tab leads out of the editor"
    page.keyboard.press("Shift+Tab")
    keys.press("Control+Shift+Enter")
    page.wait_for_url(re.compile("/submissions/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Not right yet")
    page.locator("body").press("Tab")
    assert ours.focused() == "Skip to the content"
    keys.press("Enter")
    ours.tab_to(re.compile("Edit and try again"))
    ours.tab_to(re.compile("unit variance"))
    keys.press("Enter")
    expect(page.locator("details[open] .case-body").first).to_contain_text("is None")


def test_a_draft_is_there_in_another_browser(window: OpenWindow) -> None:
    first = window("draft")
    first.log_in("sam")
    first.page.goto(QUESTION)
    first.write("# half an idea\n")
    expect(first.page.locator("#draft-status")).to_contain_text(re.compile("saved", re.IGNORECASE))
    second = window("draft-elsewhere", PHONE)
    second.log_in("sam")
    second.page.goto(QUESTION)
    expect(second.page.locator(".cm-content")).to_contain_text("# half an idea")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_everything_that_counts_works_without_scripts(window: OpenWindow, width: int) -> None:
    ours = window("no-scripts", width, javascript=False)
    page = ours.page
    ours.log_in("root")
    page.goto(QUESTION)
    box = page.get_by_role("textbox", name="Your solution")
    box.fill(f"# at {width}\n{WRONG}")
    page.get_by_role("button", name="Check on the visible cases").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("visible cases pass")
    page.goto(QUESTION)
    page.get_by_role("textbox", name="Your solution").fill(f"# at {width}\n{RIGHT}")
    page.get_by_role("button", name="Submit").click()
    # Where the verdict is not there yet, the page loads itself again.
    expect(page.get_by_role("heading", level=1)).to_have_text("Accepted")
    page.screenshot(path=ours.picture("accepted"), full_page=True)


def test_a_page_that_waits_shows_the_verdict_by_itself(window: OpenWindow) -> None:
    """A submission that takes a while: the page is there before the verdict, and changes without being asked."""
    ours = window("live")
    ours.log_in("tina")
    ours.page.goto(QUESTION)
    ours.write("import time\ntime.sleep(1.5)\n" + WRONG)
    ours.page.get_by_role("button", name="Submit").click()
    ours.page.wait_for_url(re.compile("/submissions/"))
    expect(ours.page.locator("#result")).to_have_attribute("data-state", re.compile("queued|running"))
    ours.look("waiting")
    ours.page.evaluate("window.stillTheSamePage = true")
    expect(ours.page.get_by_role("heading", level=1)).to_have_text("Partly right")
    assert ours.page.evaluate("window.stillTheSamePage")
    expect(ours.page.get_by_role("status").first).to_have_text(re.compile("Partly right"))


def test_without_a_stream_the_page_asks_again_and_again(window: OpenWindow) -> None:
    ours = window("polling")
    ours.log_in("tina")
    ours.context.route("**/events", lambda route: route.fulfill(status=204))
    ours.page.goto(QUESTION)
    ours.write("import time\ntime.sleep(1.2)\n" + WRONG)
    ours.page.get_by_role("button", name="Submit").click()
    expect(ours.page.get_by_role("heading", level=1)).to_have_text("Partly right")
    assert ours.page.locator("#result[data-state=finished]").count() == 1
