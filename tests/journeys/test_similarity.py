"""A TA looks at two submissions side by side and says what they think of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from grader.services.people.accounts import set_password
from grader.store.migrate import upgrade
from grader.store.models import Person
from tests.journeys.conftest import OpenWindow
from tests.journeys.service import PASSWORD
from tests.journeys.visitor import DESKTOP, PHONE
from tests.web.question_world import open_site
from tests.web.test_similarity import ITEM, pair_of_ada_and_bob
from web.frontend_build import ensure_built

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with one pair, in place of the one of all journeys."""
    assert ensure_built(), "the scripts could not be built"
    folder = tmp_path_factory.mktemp("similarity")
    url = f"sqlite:///{folder / 'grader.db'}"
    upgrade(url)
    site = open_site(folder, url)
    pair_of_ada_and_bob(site)
    with site[1].transaction() as session:
        set_password(session.get_one(Person, site[2].people["tina"]), PASSWORD)
    server = make_server("127.0.0.1", 0, site[0], threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_ta_compares_reads_and_judges(window: OpenWindow, width: int) -> None:
    ours = window("similarity", width)
    page = ours.page
    ours.log_in("tina")
    page.goto("/c/ml/ta/similarity/")
    ours.look("overview")
    page.goto(ITEM)
    ours.look("pairs")
    ours.look_in_the_dark("pairs")
    page.get_by_role("link", name="Ada and Bob").click()
    ours.look("side-by-side")
    ours.look_in_the_dark("side-by-side")
    page.get_by_role("link", name="Match 1").first.click()
    expect(page).to_have_url(page.url.split("#", maxsplit=1)[0] + "#b2")
    page.get_by_label("Harmless").check()
    page.get_by_label("Note").fill("They sat together.")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("main")).to_contain_text("They sat together.")
    ours.look("judged")
