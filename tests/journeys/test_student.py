from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenWindow
from tests.journeys.visitor import DESKTOP, PHONE
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
