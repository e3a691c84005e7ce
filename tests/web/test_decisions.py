"""What people decide about grades, in the browser and with a student's token: holds, overrides, requests, appeals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from grader.clock import utc_now
from grader.services.grades import overrides, regrade_requests, releases
from grader.services.grades.grades import grades_of_person
from grader.services.grading import appeals
from grader.services.grading.runs import claim, finish
from grader.services.people.tokens import Scope, create_token
from grader.store.database import Database
from grader.store.models import Assignment, GradingRun, Override, RegradeRequest, Submission
from grader.store.words import Device, RequestState
from tests.services.handing import graded, report_of
from tests.web.visitor import Form, Visitor, form_to, forms_of, populated, site_of
from tests.world import HOUR, World

HERE = "/c/ml/ta/a/t3"


class Site:
    """The site, its world, and one browser for each person."""

    def __init__(self, folder: Path, url: str) -> None:
        self.app = site_of(folder, url)
        self.world: World = populated(self.app)
        self.database: Database = self.app.extensions["grader.database"]
        self._visitors: dict[str, Visitor] = {}
        with self.database.transaction() as session:
            self.token = create_token(session, self.world.people["ada"], "t", list(Scope))[1]

    def __call__(self, login: str) -> Visitor:
        if login not in self._visitors:
            self._visitors[login] = Visitor(self.app)
            self._visitors[login].log_in(login)
        return self._visitors[login]

    def api(self, path: str) -> TestResponse:
        """With ada's token."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.app.test_client().get(f"/api/v1{path}", headers=headers)

    def score(self) -> float | None:
        """Ada's grade for the first question."""
        with self.database.reading() as session:
            return grades_of_person(session, self.world.assignment_id, self.world.people["ada"])[
                self.world.item_id
            ].score

    def hold(self, *, held: bool = True) -> None:
        """Everybody's grades."""
        with self.database.transaction() as session:
            releases.set_for_everybody(
                session, self.world.assignment_id, held=held, changed_by=self.world.people["tina"]
            )

    def close(self) -> None:
        """The assignment is over for everybody."""
        with self.database.transaction() as session:
            assignment = session.get_one(Assignment, self.world.assignment_id)
            assignment.due_at = assignment.closes_at = utc_now() - HOUR / 60


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    made = Site(tmp_path, sqlite_url)
    yield made
    made.database.close()


def words(page: TestResponse) -> str:
    """What a page says, without its markup."""
    text = re.sub(r"<(style|script)\b.*?</\1>", "", page.text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


# Held grades: the same everywhere a student can look.

HELD_PLACES = (
    "/",
    "/c/ml/",
    "/c/ml/a/t3/",
    "/c/ml/a/t3/tensor_add/",
    "/c/ml/a/t3/tensor_add/history",
    "/submissions/{id}/",
    "/submissions/{id}/state",
    "/submissions/{id}/events",
)
# A score that stands nowhere else on a page, and the verdict with that score in its two spellings.
SCORE = 7.35


def test_while_grades_are_held_no_page_and_no_answer_of_the_api_says_them(site: Site) -> None:
    submission_id = graded(site.database, site.world, score=SCORE)
    with site.database.transaction() as session:
        overrides.set_points(
            session,
            site.world.item_id,
            site.world.people["ada"],
            points=6.85,
            reason="unmistakable reason",
            set_by=site.world.people["tina"],
        )
    telling = ("7.35", "6.85", "unmistakable", ">Partly right<", "wrong_value")
    of_result = ("large", '"partial"', "Partly right")
    places = [place.format(id=submission_id) for place in HELD_PLACES]
    seen = {place: site("ada").get(place) for place in places}
    assert any("6.85" in page.text for page in seen.values())
    site.hold()
    for place in places:
        page = site("ada").get(place)
        assert page.status_code == 200, place
        told = telling + (of_result if place.startswith("/submissions/") else ())
        assert [word for word in told if word in page.text] == [], place
    assert "Received and graded" in words(site("ada").get(f"/submissions/{submission_id}/"))
    assert "held back" in words(site("ada").get("/c/ml/a/t3/"))
    answer = site.api(f"/submissions/{submission_id}").get_json()
    assert (answer["state"], answer["verdict"], answer["score"]) == ("finished", None, None)
    assert [case["name"] for case in answer["cases"]] == ["small"]
    asked = site.api("/questions").get_json()["questions"]
    assert {question["best_score"] for question in asked} == {None}
    assert [word for word in telling if word in site.api("/questions").text] == []


def test_tas_see_held_grades_and_that_they_are_held(site: Site) -> None:
    submission_id = graded(site.database, site.world, score=SCORE)
    site.hold()
    page = words(site("tina").get(f"/submissions/{submission_id}/"))
    assert "7.35" in page
    assert "does not see this grade yet" in page
    assert "7.35" in site("tina").get(f"{HERE}/scores.csv").text
    assert "7.35" in site("tina").get(f"/c/ml/a/t3/tensor_add/history?person={site.world.people['ada']}").text


def test_held_grades_come_back_where_they_were(site: Site) -> None:
    submission_id = graded(site.database, site.world, score=SCORE)
    before = words(site("ada").get(f"/submissions/{submission_id}/"))
    site.hold()
    site.hold(held=False)
    assert "7.35" in before
    assert "7.35" in words(site("ada").get(f"/submissions/{submission_id}/"))
    assert site.api(f"/submissions/{submission_id}").get_json()["score"] == SCORE


def test_a_release_is_confirmed_with_how_many_will_see_what(site: Site) -> None:
    tina = site("tina")
    asked = tina.post(f"{HERE}/release", act="hold", scope="everybody")
    assert "2 students will see of the 2 questions only" in words(asked)
    with site.database.reading() as session:
        assert not releases.is_held(session, site.world.assignment_id, site.world.people["ada"])
    confirm = next(form for form in forms_of(asked) if "confirmed" in form.fields)
    assert tina.send(form_at(confirm, f"{HERE}/release")).status_code == 303
    asked = tina.post(f"{HERE}/release", act="release", scope="section", section=str(site.world.section_id))
    assert "1 student will see scores" in words(asked)
    confirm = next(form for form in forms_of(asked) if "confirmed" in form.fields)
    tina.send(form_at(confirm, f"{HERE}/release"))
    with site.database.reading() as session:
        held = [
            releases.is_held(session, site.world.assignment_id, site.world.people[login]) for login in ("ada", "bob")
        ]
    assert held == [False, True]


def form_at(form: Form, action: str) -> Form:
    """The form with the address of its page."""
    return replace(form, action=action)


@pytest.mark.parametrize(
    "sent", [{}, {"act": "hold"}, {"act": "x", "scope": "everybody"}, {"act": "hold", "scope": "people", "person": "9"}]
)
def test_a_release_of_nobody_says_what_to_do(site: Site, sent: dict[str, str]) -> None:
    answer = site("tina").post(f"{HERE}/release", **sent)
    assert answer.status_code == 422
    assert "at least one student" in words(answer)


# Overrides


def override_url(site: Site) -> str:
    return f"{HERE}/tensor_add/people/{site.world.people['ada']}/override"


def test_an_override_is_previewed_then_set_and_its_student_reads_why(site: Site) -> None:
    submission_id = graded(site.database, site.world, score=4.0)
    tina = site("tina")
    shown = tina.post(override_url(site), points="8,5", reason="The question was unclear <b>here</b>.")
    assert "now 4 / 10" in words(shown)
    assert "then 8.5 / 10" in words(shown)
    assert site.score() == 4.0
    confirm = next(form for form in forms_of(shown) if "digest" in form.fields)
    assert tina.send(form_at(confirm, override_url(site))).status_code == 303
    assert site.score() == 8.5
    page = site("ada").get(f"/submissions/{submission_id}/")
    assert "The question was unclear &lt;b&gt;here&lt;/b&gt;." in page.text
    assert "The grade was set by hand" in words(page)
    with site.database.reading() as session:
        [live] = overrides.live_overrides(session, site.world.assignment_id)
    assert tina.post(f"/c/ml/ta/overrides/{live.override.id}/revoke").status_code == 303
    assert site.score() == 4.0


@pytest.mark.parametrize("points", ["nan", "inf", "-1", "10.01", "1e999", "", "ten", "0x10", "--1"])
def test_points_that_cannot_be_are_refused_at_the_field(site: Site, points: str) -> None:
    answer = site("tina").post(override_url(site), points=points, reason="fine")
    assert answer.status_code == 422
    assert 'id="points"' in answer.text
    assert site("tina").post(override_url(site), points=points, reason="fine", digest="x").status_code == 422
    assert site.score() is None


def test_a_grade_that_moved_after_the_preview_is_shown_again(site: Site) -> None:
    graded(site.database, site.world, score=4.0)
    shown = site("tina").post(override_url(site), points="8", reason="fine")
    confirm = next(form for form in forms_of(shown) if "digest" in form.fields)
    graded(site.database, site.world, score=6.0)
    again = site("tina").send(form_at(confirm, override_url(site)))
    assert again.status_code == 422
    assert "changed since you looked" in words(again)
    assert "now 6 / 10" in words(again)
    assert site.score() == 6.0


def test_a_file_of_overrides_is_shown_and_then_applied(site: Site) -> None:
    tina = site("tina")
    text = "login,question,points,reason\r\nada,tensor_add,8,=cmd\r\n"
    shown = tina.post(f"{HERE}/overrides/import", text=text)
    assert "1 grade set" in words(shown)
    assert site.score() is None
    apply = form_to(shown, f"{HERE}/overrides/import/apply")
    assert tina.send(apply).status_code == 303
    assert site.score() == 8.0
    exported = tina.get(f"{HERE}/overrides.csv").text
    assert "ada,tensor_add,8.0,'=cmd" in exported
    assert "0 grades set, 1 as they are" in words(tina.post(f"{HERE}/overrides/import", text=exported))
    bad = tina.post(f"{HERE}/overrides/import", text="login,question,points,reason\nada,tensor_add,99,x\n")
    assert "Line 2:" in words(bad)
    assert "/import/apply" not in bad.text


# Requests


def test_a_student_asks_and_reads_the_answer_with_the_points(site: Site) -> None:
    submission_id = graded(site.database, site.world, score=4.0)
    ada, tina = site("ada"), site("tina")
    ask = form_to(ada.get(f"/submissions/{submission_id}/"), f"/submissions/{submission_id}/requests")
    assert ada.send(ask, text="<i>why</i>?", case="large").status_code == 303
    with site.database.reading() as session:
        request_id = session.query(RegradeRequest.id).one()[0]
    assert "One request of students waits" in words(tina.get("/c/ml/ta/"))
    listing = tina.get("/c/ml/ta/requests/")
    assert "&lt;i&gt;why&lt;/i&gt;?" in listing.text
    here = f"/c/ml/ta/requests/{request_id}/"
    assert tina.post(here, answer="You are right.", points="11", act="grant").status_code == 422
    assert tina.post(here, answer="", points="9", act="grant").status_code == 422
    assert site.score() == 4.0
    assert tina.post(here, answer="You are right.", points="9", act="grant").status_code == 303
    assert site.score() == 9.0
    page = words(ada.get(f"/submissions/{submission_id}/"))
    assert "You are right." in page
    assert "Granted" in page
    assert tina.post(here, answer="Again.", act="decline").status_code == 303  # somebody was faster: said on the page
    with site.database.reading() as session:
        assert session.get_one(RegradeRequest, request_id).state is RequestState.GRANTED


def test_students_ask_about_their_own_only_and_withdraw_their_own_only(site: Site) -> None:
    submission_id = graded(site.database, site.world, score=4.0)
    assert site("bob").post(f"/submissions/{submission_id}/requests", text="mine?").status_code == 404
    assert site("tina").post(f"/submissions/{submission_id}/requests", text="hers").status_code == 404
    site("ada").post(f"/submissions/{submission_id}/requests", text="mine")
    with site.database.reading() as session:
        request_id = session.query(RegradeRequest.id).one()[0]
    of_bob = graded(site.database, site.world, "bob", 3.0)
    withdraw = f"/submissions/{of_bob}/requests/{request_id}/withdraw"
    assert site("bob").post(withdraw).status_code == 404
    with site.database.reading() as session:
        assert regrade_requests.open_count(session, site.world.course_id) == 1
    assert site("ada").post(f"/submissions/{submission_id}/requests/{request_id}/withdraw").status_code == 303
    with site.database.reading() as session:
        assert regrade_requests.open_count(session, site.world.course_id) == 0


# Replays and appeals


def test_running_again_is_compared_and_leaves_the_grade(site: Site) -> None:
    submission_id = graded(site.database, site.world, score=4.0)
    here = f"/c/ml/ta/submissions/{submission_id}/replays"
    assert site("tina").post(here).status_code == 303
    assert "being graded" in words(site("tina").get(here))
    with site.database.transaction() as session:
        taken = claim(session, Device.CPU, "w", utc_now())
        assert taken is not None
        assert finish(session, taken, report_of(10.0), image=None, now=utc_now())
    page = words(site("tina").get(here))
    assert "not reproducible: 1 of 2 cases" in page
    assert site.score() == 4.0
    with site.database.reading() as session:
        replay_id = session.query(GradingRun.id).filter(GradingRun.is_live.is_(False)).one()[0]
    assert site("ada").get(f"/submissions/{submission_id}/runs/{replay_id}/").status_code == 404
    assert "10 / 10" not in words(site("ada").get(f"/submissions/{submission_id}/"))


def secrets_seen(site: Site, login: str, submission_id: int) -> bool:
    """Whether the page shows what the hidden case held; the seed goes with it."""
    page = site(login).get(f"/submissions/{submission_id}/")
    has_inputs = "secret = 42" in page.text
    assert (re.search(r"<dt>Seed</dt>", page.text) is not None) == has_inputs
    return has_inputs


def test_an_appeal_shows_its_student_the_hidden_cases_of_that_attempt_while_it_is_open(site: Site) -> None:
    first = graded(site.database, site.world, score=4.0)
    second = graded(site.database, site.world, score=5.0)
    of_bob = graded(site.database, site.world, "bob", 4.0)
    here = f"/c/ml/ta/submissions/{first}/appeal"
    assert "cannot be opened now" in words(site("tina").get(here))
    assert site("tina").post(here, reason="too early").status_code == 303
    assert not secrets_seen(site, "ada", first)
    site.close()
    assert "becomes known" in words(site("tina").get(here))
    assert site("tina").post(here, reason="").status_code == 422
    assert site("tina").post(here, reason="for your appeal").status_code == 303
    assert [secrets_seen(site, "ada", one) for one in (first, second)] == [True, False]
    assert not secrets_seen(site, "bob", of_bob)
    assert site("bob").get(f"/submissions/{first}/").status_code == 404
    assert "for your appeal" in words(site("ada").get(f"/submissions/{first}/"))
    assert "secret message about 42" in site.api(f"/submissions/{first}").text
    assert "42" not in site.api(f"/submissions/{second}").text.replace("0.042", "")
    assert site("tina").post(f"{here}/close").status_code == 303
    assert not secrets_seen(site, "ada", first)
    assert "secret" not in site.api(f"/submissions/{first}").text


def test_students_open_nothing_themselves(site: Site) -> None:
    submission_id = graded(site.database, site.world, score=4.0)
    site.close()
    for login, expected in (("ada", 403), ("bob", 403), ("eve", 404)):
        for path, given in (
            (f"/c/ml/ta/submissions/{submission_id}/appeal", {"reason": "please"}),
            (f"/c/ml/ta/submissions/{submission_id}/replays", {}),
            (override_url(site), {"points": "10", "reason": "please", "digest": "x"}),
            (f"{HERE}/release", {"act": "release", "scope": "everybody", "confirmed": "yes"}),
            (f"{HERE}/overrides/import/apply", {"text": "x", "digest": "x"}),
        ):
            assert site(login).post(path, **given).status_code == expected, (login, path)
    with site.database.reading() as session:
        assert appeals.opened(session, submission_id) is None
        assert session.query(Override).count() == 0
        assert session.query(Submission).count() == 1


# The log


def test_the_log_tells_every_decision_in_a_sentence(site: Site) -> None:
    submission_id = graded(site.database, site.world, score=4.0)
    tina = site("tina")
    tina.post(f"{HERE}/release", act="hold", scope="everybody", confirmed="yes")
    tina.post(f"{HERE}/release", act="release", scope="everybody", confirmed="yes")
    shown = tina.post(override_url(site), points="8", reason="=WEBSERVICE(1)")
    tina.send(form_at(next(form for form in forms_of(shown) if "digest" in form.fields), override_url(site)))
    site("ada").post(f"/submissions/{submission_id}/requests", text="why?")
    log = words(tina.get("/c/ml/ta/audit/"))
    for sentence in (
        "Tina held back everybody's grades of Tutorial 3",
        "Tina set the points of Ada at tensor_add to 8 (before: 4)",
        "Ada asked for another look at attempt 1 of Ada at tensor_add",
    ):
        assert sentence in log.replace("&#39;", "'"), sentence
    csv = tina.get("/c/ml/ta/audit.csv").text
    assert "'=WEBSERVICE(1)" in csv
    assert ",=WEBSERVICE" not in csv
    assert "asked for another look" not in words(tina.get("/c/ml/ta/audit/?kind=override"))
    assert "asked for another look" in words(tina.get(f"/c/ml/ta/audit/?person={site.world.people['ada']}"))
    assert "Nothing here" in words(tina.get(f"/c/ml/ta/audit/?person={site.world.people['bob']}"))
    assert "Nothing here" in words(tina.get("/c/ml/ta/audit/?until=2001-01-01"))


@pytest.mark.parametrize(
    "query",
    [
        "person=99999999999999",
        "person=x&actor=y&kind=%25",
        "subject=submission:%00&since=0000&until=99999-01-01",
        "before=-1",
        "before=9999999999999999999999",
        "course_slug=other&_external=1&_anchor=x",
        "actor=²",
    ],
)
def test_odd_filters_of_the_log_break_nothing(site: Site, query: str) -> None:
    assert site("tina").get(f"/c/ml/ta/audit/?{query}").status_code == 200
    assert site("tina").get(f"/c/ml/ta/audit.csv?{query}").status_code == 200
