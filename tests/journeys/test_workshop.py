"""Staff add a question from nothing and publish it, in a browser, verified by a real worker."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenWindow
from tests.journeys.visitor import DESKTOP, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VERIFIED_MS = 180_000


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_question_is_written_verified_and_published(window: OpenWindow, width: int) -> None:
    name = f"ml/journey/squares{width}"
    ours = window("workshop", width)
    ours.log_in("sam")
    page = ours.page
    page.goto("/c/ml/staff/questions/")
    page.get_by_role("link", name="New question").first.click()
    look(ours, "new")
    page.get_by_label("Name").first.fill(name)
    page.get_by_label("Entry point, for code").fill("squares(a)")
    page.get_by_role("button", name="Begin the draft").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()

    # The statement, with its preview; what looks like a script is text.
    page.get_by_role("link", name="statement.md").click()
    put_at_the_end(ours, "statement.md", "\nMind that $x^2 \\geq 0$. <script>alert(1)</script>\n")
    expect(page.locator("#preview")).to_contain_text("<script>alert(1)</script>")
    expect(page.locator("#preview math")).not_to_have_count(0)
    expect(page.locator("#draft-status")).to_contain_text("saved")
    look(ours, "statement")

    # A mistake in the spec is marked while it is typed, and gone when it is mended.
    page.get_by_role("link", name="question.toml").first.click()
    put_at_the_end(ours, "question.toml", "\n[colour]\n")
    expect(page.locator(".cm-fault")).to_have_count(1)
    expect(page.locator("#faults")).to_contain_text("unknown key 'colour'")
    look(ours, "fault")
    page.keyboard.press("Control+z")
    expect(page.locator("#faults")).to_contain_text("can be read")

    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_role("heading", name="It may be published")).to_be_visible(timeout=VERIFIED_MS)
    look(ours, "report")
    page.get_by_role("link", name="Go on to publish").click()
    look(ours, "publish")
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_role("main")).to_contain_text("version 1 is live")
    look(ours, "published")

    # A second version, from the first: what changes is shown line by line.
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("link", name="statement.md").click()
    put_at_the_end(ours, "statement.md", "\nSay it twice.\n")
    expect(page.locator("#draft-status")).to_contain_text("saved")
    page.get_by_role("link", name="Publish").click()
    expect(page.get_by_role("main")).to_contain_text("Say it twice.")
    look(ours, "changes")


def test_two_who_edit_one_file_are_asked(window: OpenWindow) -> None:
    sam, root = window("workshop-sam"), window("workshop-root")
    for one in (sam, root):
        one.log_in(one.name.split("-")[1])
    sam.page.goto("/c/ml/staff/questions/new")
    sam.page.get_by_label("Name").first.fill("ml/journey/together")
    sam.page.get_by_role("button", name="Begin the draft").click()
    sam.page.get_by_role("link", name="statement.md").click()
    expect(sam.page.get_by_role("textbox", name="statement.md")).to_be_visible()
    root.page.goto(sam.page.url)
    put_at_the_end(sam, "statement.md", "\nSam was here.\n")
    expect(sam.page.locator("#draft-status")).to_contain_text("saved")
    put_at_the_end(root, "statement.md", "\nRoot was here.\n")
    dialog = root.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Sam was here.")
    root.look("conflict")
    dialog.get_by_role("button", name="Take the other").click()
    assert "Sam was here." in root.written()
    root.complaints = [said for said in root.complaints if "409" not in said]  # the browser reports the refusal itself


def put_at_the_end(ours: Visitor, file: str, text: str) -> None:
    """Into the file that is open, as somebody who pastes."""
    ours.page.get_by_role("textbox", name=file).click()
    ours.page.keyboard.press("Control+End")
    ours.paste(text)


def look(ours: Visitor, name: str) -> None:
    """In both colours."""
    assert re.fullmatch("[a-z]+", name)
    ours.look(f"workshop-{name}")
    ours.look_in_the_dark(f"workshop-{name}")
