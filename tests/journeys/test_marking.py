"""A TA marks ten written answers without touching the mouse, and nothing that they type is lost."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from grader.clock import utc_now
from grader.services.handing_in.written import hand_in_answer
from grader.services.marking.marking import mark
from grader.services.marking.marking_rules import set_marking_rules
from grader.services.marking.saved_comments import save_comment
from grader.services.people.accounts import set_password
from grader.store.database import Database
from grader.store.migrate import upgrade
from grader.store.models import Person, SavedComment, Submission, WrittenAnswer
from grader.store.words import CourseRole
from tests.journeys.conftest import OpenWindow
from tests.journeys.service import PASSWORD
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.web.visitor import site_of
from tests.world import TENSOR_ADD, World, enrol, make_world, person
from web.frontend_build import ensure_built

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TEXT = "infr10086/tutorial3/forgetting_zero_grad"
WITH_REASON = "infr10086/tutorial3/is_it_stochastic"
QUEUE = "/c/ml/ta/marking/t3/forgetting_zero_grad/"
NAMES = ("Chidi", "Dana", "Emil", "Fatima", "Goran", "Hana", "Ilya", "Jun", "Kofi", "Leila", "Mei")
RIGHT = (
    "zero_grad empties the .grad of each parameter. The graph has nothing to do with it: it is rebuilt in every "
    "forward pass. Without it backward adds the new gradient to the old ones, and mu swings around the mean."
)
ANSWERS = (
    RIGHT,
    "It deletes the graph of the last step. Otherwise the gradients add up.",
    "It resets the parameters to zero before each epoch.",
)
Given = tuple[str, Database, World]


@pytest.fixture
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Given]:
    """A site with ten answers to mark, two of them the same: eleven students. Nothing has to be graded by a worker."""
    assert ensure_built(), "the scripts could not be built"
    folder = tmp_path_factory.mktemp("marking")
    url = f"sqlite:///{folder / 'grader.db'}"
    upgrade(url)
    app = site_of(folder, url)
    database: Database = app.extensions["grader.database"]
    with database.transaction() as session:
        world = make_world(session, (TENSOR_ADD, TEXT, WITH_REASON))
        world.people["tom"] = person(session, "tom").id
        enrol(session, world.course_id, world.people["tom"], CourseRole.TA)
        for place, name in enumerate(NAMES):
            world.people[name] = person(session, name.lower(), name=f"{name} Secretname").id
            enrol(session, world.course_id, world.people[name], CourseRole.STUDENT)
            number = "" if place in (3, 7) else f" ({place})"
            text = ANSWERS[0] if place in (3, 7) else ANSWERS[place % 3] + number
            item_id = world.item_ids[TEXT]
            hand_in_answer(session, person_id=world.people[name], item_id=item_id, answer={"text": text})
        for login in ("tina", "tom", "sam"):
            set_password(session.get_one(Person, world.people[login]), PASSWORD)
        save_comment(
            session, world.course_id, text="Which graph do you mean?", actor_id=world.people["tom"], now=utc_now()
        )
        save_comment(
            session, world.course_id, text="Print .grad before and after.", actor_id=world.people["tom"], now=utc_now()
        )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", database, world
    server.shutdown()
    thread.join()


@pytest.fixture
def service(marked: Given) -> str:
    """This site in place of the one of all journeys."""
    return marked[0]


def points_of(given: Given) -> list[float | None]:
    _, database, _ = given
    with database.reading() as session:
        return list(session.scalars(select(WrittenAnswer.points).order_by(WrittenAnswer.submission_id)))


def on_to_another(page: Page, before: str) -> None:
    page.wait_for_url(lambda url: url != before)
    page.wait_for_load_state()


def mark_one(ours: Visitor, place: int) -> None:
    """Each of the first in another way, the rest by a tick and a comment; saved and on to the next."""
    page, keys = ours.page, ours.page.keyboard
    if place == 0:  # ticks, and a comment that is searched
        keys.press("1")
        keys.press("3")
        expect(page.locator("#points")).to_have_value("2")
        keys.press("/")
        keys.type("before after")
        ours.look("search")
        keys.press("Enter")
        expect(page.locator("#comment")).to_have_value("Print .grad before and after.")
        keys.type(" Then run it.")
        keys.press("Control+Enter")
    elif place == 1:  # nothing is met
        keys.press("0")
        keys.press("Enter")
    elif place == 2:  # points typed over the ticks
        keys.press("2")
        keys.press("p")
        keys.type("1.5")
        keys.press("Escape")
        keys.press("Enter")
    elif place == 3:  # a tick taken back
        for key in "12344":
            keys.press(key)
        keys.press("Enter")
    else:
        keys.press("c")
        keys.type(f"Read, number {place}.\nOn two lines")
        keys.press("Escape")
        keys.press("1")
        keys.press("Enter")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_ta_marks_ten_answers_by_keyboard(window: OpenWindow, marked: Given, width: int) -> None:
    ours = window("marking", width)
    page, keys = ours.page, ours.page.keyboard
    ours.log_in("tina")
    page.goto("/c/ml/ta/marking/")
    ours.look("overview")
    ours.tab_to(re.compile("^Mark Forgetting|^Mark.*zero_grad", re.IGNORECASE), within="main")
    keys.press("Enter")
    expect(page.locator("#mark")).to_be_visible()
    ours.look("answer")
    ours.look_in_the_dark("answer")
    keys.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("save, and on to the next to mark")
    ours.look("keys")
    keys.press("Escape")

    for place in range(10):
        before = page.url
        mark_one(ours, place)
        on_to_another(page, before)
    expect(page.get_by_role("main")).to_contain_text("that was the last one")
    expect(page.get_by_role("main")).to_contain_text("11 of 11 marked, 11 by you")
    ours.look("done")
    given = points_of(marked)
    assert None not in given, "the two who wrote the same are both marked"
    assert {*given} == {0.0, 1.0, 1.5, 2.0, 3.0}
    with marked[1].reading() as session:
        comments = [answer.comment for answer in session.scalars(select(WrittenAnswer))]
        assert any(text == "Print .grad before and after. Then run it." for text in comments)
        assert any("Read, number 9.\nOn two lines" in text for text in comments)
        assert {one.text: one.uses for one in session.scalars(select(SavedComment))} == {
            "Which graph do you mean?": 0,
            "Print .grad before and after.": 1,
        }


def test_without_a_network_or_a_session_what_was_typed_stays_and_is_saved_later(
    window: OpenWindow, marked: Given
) -> None:
    ours = window("marking-offline")
    page, keys = ours.page, ours.page.keyboard
    ours.log_in("tina")
    page.goto(QUEUE + "next")
    address = page.url
    keys.press("2")
    keys.press("c")
    keys.type("Long thoughts.")
    ours.context.set_offline(True)
    keys.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("There is no connection")
    expect(page.locator("#comment")).to_have_value("Long thoughts.")
    ours.look("offline")
    ours.context.set_offline(False)
    cookies = ours.context.cookies()
    ours.context.clear_cookies()
    keys.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("not logged in any more")
    expect(page.locator("#comment")).to_have_value("Long thoughts.")
    ours.context.add_cookies([{key: one[key] for key in ("name", "value", "domain", "path")} for one in cookies])  # type: ignore[misc]
    page.reload()
    expect(page.get_by_role("status").first).to_contain_text("had typed here and not saved")
    expect(page.locator("#comment")).to_have_value("Long thoughts.")
    expect(page.locator("#points")).to_have_value("1")
    page.locator("h1").click()
    keys.press("Enter")
    on_to_another(page, address)
    assert 1.0 in points_of(marked)
    page.goto(address)
    expect(page.locator(".notice")).to_have_count(0)
    ours.complaints.clear()  # the browser itself says that requests failed


def test_two_who_mark_at_once_each_keep_what_they_typed(window: OpenWindow, marked: Given) -> None:
    ours = window("marking-crossed")
    page, keys = ours.page, ours.page.keyboard
    ours.log_in("tina")
    page.goto(QUEUE + "next")
    keys.press("4")
    keys.press("c")
    keys.type("Mine.")
    _, database, world = marked
    with database.transaction() as session:
        for id_ in session.scalars(select(Submission.id)):
            mark(session, id_, marker_id=world.people["tom"], points=3.0, comment="Theirs.", now=utc_now())
    keys.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("was marked since you opened it")
    page.get_by_role("link", name="Show that mark").click()
    expect(page.locator(".other-mark")).to_contain_text("Theirs.")
    expect(page.locator("#comment")).to_have_value("Mine.")
    ours.look("crossed")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".other-mark")).to_contain_text("Theirs.")
    expect(page.get_by_role("main")).to_contain_text("Your mark")
    assert 1.0 in points_of(marked)
    ours.complaints.clear()  # the browser itself says that a request was refused


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_two_markers_settle_by_mouse_and_the_pages_look_right(window: OpenWindow, marked: Given, width: int) -> None:
    _, database, world = marked
    with database.transaction() as session:
        set_marking_rules(
            session, world.assignment_id, is_marked_blind=True, markers_wanted=2, actor_id=world.people["sam"]
        )
        for place, id_ in enumerate(session.scalars(select(Submission.id).order_by(Submission.id)).all()):
            for login, points in (("tina", 3.0), ("tom", 3.0 if place % 3 else 1.0 + place % 2)):
                if place < 9 or login == "tom":
                    mark(session, id_, marker_id=world.people[login], points=points, comment="", now=utc_now())
    ours = window("marking-two", width)
    page = ours.page
    ours.log_in("sam")
    page.goto("/c/ml/ta/marking/t3/")
    assert "Secretname" not in page.content()
    ours.look("disagreements")
    ours.look_in_the_dark("disagreements")
    page.get_by_role("link", name=re.compile("^Answer ")).first.click()
    ours.look("settling")
    page.locator(".rubric .choice").first.click()
    page.get_by_role("button", name="Settle", exact=True).click()
    expect(page.get_by_role("heading", name="Settled")).to_be_visible()
    page.goto(QUEUE)
    assert "Secretname" not in page.content()
    ours.look("queue")
    page.goto("/c/ml/ta/saved-comments/")
    ours.look("saved-comments")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_it_works_without_a_script(window: OpenWindow, marked: Given, width: int) -> None:
    ours = window("marking-plain", width, javascript=False)
    page = ours.page
    ours.log_in("tina")
    page.goto(QUEUE + "next")
    page.locator(".rubric .choice").nth(1).click()
    page.get_by_text("Saved comments to add").click()
    page.get_by_label("Which graph do you mean?").check()
    page.screenshot(path=ours.picture("answer"), full_page=True)
    before = page.url
    page.get_by_role("button", name="Save and next").click()
    assert page.url != before
    assert 1.0 in points_of(marked)
