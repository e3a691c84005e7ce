from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from grader.services.grades import releases
from grader.services.mistakes.line_comments import MAX_COMMENT_CHARACTERS
from grader.store.database import Database
from grader.store.models import LineComment
from tests.services.wrong_ways import MEAN, WrongClass, wrong_class
from tests.web.question_world import entered
from tests.web.visitor import Visitor, form_to, site_of

SOURCE = "def tensor_add(a, b):\n    total = a + b\n    return total\n"
HISTORY = "/c/ml/a/t3/tensor_add/history"


@dataclass
class Site:
    """The site, and one submission of ada's."""

    app: Flask
    room: WrongClass
    submission_id: int

    @property
    def path(self) -> str:
        """The submission's page."""
        return f"/submissions/{self.submission_id}/"

    def enter(self, login: str) -> Visitor:
        """Somebody's browser."""
        return entered(self.app, login)

    def page(self, login: str) -> str:
        """What they see of it."""
        answer = self.enter(login).get(self.path)
        assert answer.status_code == 200
        return answer.text

    def remark(self, text: str, line: str = "2", who: str = "tina") -> int:
        """Comment through the form of the page, as without a script; the status."""
        visitor = self.enter(who)
        form = form_to(visitor.get(self.path), f"{self.path}comments#remark-form")
        return visitor.send(form, text=text, line=line).status_code

    def ids(self) -> list[int]:
        """The comments that there are."""
        with self.room.database.reading() as session:
            return list(session.scalars(select(LineComment.id).where(LineComment.removed_at.is_(None))))


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Site:
    app = site_of(tmp_path, sqlite_url)
    database: Database = app.extensions["grader.database"]
    room = wrong_class(database)
    return Site(app, room, room.hands_in("ada", MEAN, SOURCE))


def test_a_comment_stands_at_its_line_and_is_counted_in_the_head_and_the_history(site: Site) -> None:
    assert site.remark("Why **not** torch.add?") == 303
    assert site.remark("Short and clear.", line="") == 303
    page = site.page("ada")
    assert "Why <strong>not</strong> torch.add?" in page
    assert page.index('id="L2"') < page.index("torch.add?") < page.index('id="L3"')
    assert page.index("Short and clear.") < page.index('id="L1"')
    assert "2 comments on your code" in page
    assert "Tina" in page
    assert "2 comments" in site.enter("ada").get(HISTORY).text


def test_a_page_without_comments_says_nothing_of_them(site: Site) -> None:
    assert "comments" not in site.page("ada")
    assert "comments" not in site.enter("ada").get(HISTORY).text


def test_what_cannot_be_taken_comes_back_as_it_was_typed(site: Site) -> None:
    tina = site.enter("tina")
    for line in ("99", "zwei", "-1", "²", "9" * 20):
        page = tina.post(f"{site.path}comments", text="It stays", line=line)
        assert page.status_code == 422
        assert "The code has lines 1 to 3" in page.text
        assert "It stays" in page.text
    assert tina.post(f"{site.path}comments", text="x" * (MAX_COMMENT_CHARACTERS + 1), line="1").status_code == 422
    assert site.ids() == []


def test_its_author_edits_it_and_any_ta_removes_it(site: Site) -> None:
    site.remark("hre")
    (comment_id,) = site.ids()
    address = f"{site.path}comments/{comment_id}"
    tina, sam = site.enter("tina"), site.enter("sam")
    assert f'action="{address}#comment-{comment_id}"' not in sam.get(site.path).text
    form = form_to(tina.get(site.path), f"{address}#comment-{comment_id}")
    assert tina.send(form, text="here").status_code == 303
    assert "here" in site.page("ada")
    assert "edited" in site.page("ada")
    late = tina.send(form, text="there")  # from the window that was open before
    assert late.status_code == 409
    assert "there" in late.text
    assert sam.post(address, text="mine", was="").status_code == 403
    assert sam.send(form_to(sam.get(site.path), f"{address}/remove")).status_code == 303
    assert site.ids() == []
    assert "here</p>" not in site.page("ada")


def test_a_held_grade_holds_the_comments_back_as_well(site: Site) -> None:
    site.remark("Look here.")
    with site.room.database.transaction() as session:
        releases.set_for_everybody(
            session, site.room.world.assignment_id, held=True, changed_by=site.room.world.people["tina"]
        )
    assert "Look here." not in site.page("ada")
    assert "1 comment" not in site.enter("ada").get(HISTORY).text
    assert "Look here." in site.page("tina")


# ---- attacks ----


def test_students_comment_on_nothing_and_get_no_form(site: Site) -> None:
    site.remark("here")
    (comment_id,) = site.ids()
    assert "remark-form" not in site.page("ada")
    assert "Remove" not in site.page("ada")
    addresses = [
        f"{site.path}comments",
        f"{site.path}comments/{comment_id}",
        f"{site.path}comments/{comment_id}/remove",
    ]
    for who, status in (("ada", 403), ("bob", 404), ("eve", 404)):
        visitor = site.enter(who)
        assert [visitor.post(address, text="I say", line="1", was="").status_code for address in addresses] == [
            status
        ] * 3
    assert site.ids() == [comment_id]


def test_a_comment_is_not_reached_through_another_submission(site: Site) -> None:
    site.remark("here")
    (comment_id,) = site.ids()
    other = site.room.hands_in("bob", MEAN, SOURCE + "# bob\n")
    tina = site.enter("tina")
    for address in (
        f"/submissions/{other}/comments/{comment_id}",
        f"/submissions/{other}/comments/{comment_id}/remove",
    ):
        assert tina.post(address, text="x", was="").status_code == 404
    assert site.ids() == [comment_id]
    assert "here</p>" not in site.enter("bob").get(f"/submissions/{other}/").text


def test_what_is_typed_is_never_markup(site: Site) -> None:
    site.remark("<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))")
    for login in ("ada", "tina"):
        page = site.page(login)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page


def test_a_textarea_cannot_be_left_by_what_was_typed(site: Site) -> None:
    site.remark("</textarea><script>alert(1)</script>")
    assert "</textarea><script>" not in site.page("tina")
