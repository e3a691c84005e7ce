"""Every page at both widths and in both colours, as somebody with every right sees it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenWindow
from tests.journeys.visitor import DESKTOP, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTIONS = ("neg_log_likelihood", "tensor_add", "logistic_regression", "shared_product")
TEACHING = {
    "ta": "/c/ml/ta/",
    "ta-heat-map": "/c/ml/ta/a/t3/",
    "ta-question": "/c/ml/ta/a/t3/neg_log_likelihood/",
    "ta-questions": "/c/ml/ta/a/t3/questions",
    "ta-watch-list": "/c/ml/ta/watch",
    "ta-watch-list-of": "/c/ml/ta/a/t3/watch",
    "ta-health": "/c/ml/ta/health",
    "ta-mistakes": "/c/ml/ta/mistakes",
    "ta-assignment-mistakes": "/c/ml/ta/a/t3/mistakes",
    "ta-question-mistakes": "/c/ml/ta/a/t3/tensor_add/mistakes",
    "ta-set-by-hand": "/c/ml/ta/a/t3/overrides/",
    "ta-release": "/c/ml/ta/a/t3/release",
    "ta-requests": "/c/ml/ta/requests/",
    "ta-audit": "/c/ml/ta/audit/",
    "ta-marking": "/c/ml/ta/marking/",
    "ta-marking-rules": "/c/ml/ta/marking/t3/",
    "ta-saved-comments": "/c/ml/ta/saved-comments/",
    "ta-similarity": "/c/ml/ta/similarity/",
    "ta-similarity-question": "/c/ml/ta/similarity/t3/neg_log_likelihood/",
    "staff-assignments": "/c/ml/staff/assignments/",
    "staff-new": "/c/ml/staff/assignments/new",
    "staff-edit": "/c/ml/staff/assignments/t3/edit",
    "staff-items": "/c/ml/staff/assignments/t3/items",
    "staff-windows": "/c/ml/staff/assignments/t3/windows",
    "staff-questions": "/c/ml/staff/questions/",
    "staff-question": "/c/ml/staff/questions/1/",
    "staff-new-question": "/c/ml/staff/questions/new",
    "staff-regrades": "/c/ml/staff/regrades/",
    "staff-regrade-new": "/c/ml/staff/regrades/new?item=1",
    "staff-copy": "/c/ml/staff/copy",
    "staff-roster": "/c/ml/staff/roster/",
    "staff-import": "/c/ml/staff/roster/import",
    "staff-extensions": "/c/ml/staff/extensions/",
}
WRONG_SUM = """import torch


def tensor_add(a, b):
    print("adding", a, b)
    return torch.tensor(a) - torch.tensor(b)
"""
RIGHT_SUM = WRONG_SUM.replace(" - ", " + ")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_pages_of_those_who_teach(window: OpenWindow, width: int) -> None:
    ours = window("staff", width)
    ours.log_in("sam")
    hand_in(ours, "tensor_add", WRONG_SUM)
    ours.look("result")
    for name, path in TEACHING.items():
        assert (response := ours.page.goto(path)) is not None
        assert response.status == 200, path
        ours.look(name)
        ours.look_in_the_dark(name)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_pages_of_everybody(window: OpenWindow, width: int) -> None:
    ours = window("anybody", width)
    ours.log_in("root")
    for name in QUESTIONS:
        ours.page.goto(f"/c/ml/a/t3/{name}/")
        ours.look(f"question-{name}")
    ours.page.goto("/c/ml/a/t3/tensor_add/history")
    expect(ours.page.get_by_role("main")).to_contain_text(re.compile("Nothing handed in yet|Attempts|attempts"))
    ours.look("history")
    ours.page.goto("/account")
    ours.look("account")
    ours.look_in_the_dark("account")


def test_a_page_that_is_not_there_says_what_to_do(window: OpenWindow) -> None:
    ours = window("missing")
    ours.log_in("ada")
    assert (response := ours.page.goto("/c/ml/a/t3/nothing/")) is not None
    assert response.status == 404
    ours.look("404")
    ours.complaints.clear()  # the browser reports the 404 itself


def test_a_ta_sees_what_a_student_handed_in_and_why_it_fails(window: OpenWindow) -> None:
    student, ta = window("ta-student"), window("ta")
    student.log_in("bob")
    hand_in(student, "tensor_add", WRONG_SUM)
    hand_in(student, "tensor_add", RIGHT_SUM)
    ta.log_in("tina")
    ta.page.goto("/c/ml/ta/a/t3/")
    row = ta.page.get_by_role("row", name=re.compile("Bob"))
    ta.look("heat-map")
    row.locator("a[href*='tensor_add/people/']").click()
    ta.look("drill-down")
    expect(ta.page.get_by_role("row", name=re.compile("Attempt 2"))).to_contain_text("Accepted")
    ta.page.get_by_role("link", name="Attempt 1").click()
    expect(ta.page.get_by_role("main")).to_contain_text("Handed in by Bob")
    expect(ta.page.get_by_role("main")).to_contain_text("The code printed")
    ta.look("student-result")


def hand_in(ours: Visitor, question: str, source: str) -> None:
    ours.page.goto(f"/c/ml/a/t3/{question}/")
    ours.write(source)
    ours.page.get_by_role("button", name="Submit").click()
    ours.page.wait_for_url(re.compile("/submissions/"))
    expect(ours.page.locator("#result")).to_have_attribute("data-state", "finished")
