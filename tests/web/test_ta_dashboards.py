"""Figures of a class on pages: each leads to exactly what is behind it, and says of when it is."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from grader.clock import utc_now
from grader.services.dashboards import item_figures
from grader.services.grades import standings
from grader.services.grades.standings import stale_among, step, touch_everything
from grader.services.people import accounts
from grader.store.database import Database
from grader.store.models import Assignment, CaseOutcome, Course, GradingRun, ItemFigures, Person, Standing
from grader.store.words import CourseRole
from tests.classroom import Classroom, make_classroom
from tests.passwords import PASSWORD
from tests.web.visitor import Visitor, site_of
from tests.world import enrol
from web import standings as web_standings

ASSIGNMENT = "/c/class/ta/a/tutorial-3/"
ITEM = f"{ASSIGNMENT}accuracy/"


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Flask:
    return site_of(tmp_path, sqlite_url)


@pytest.fixture
def database(site: Flask) -> Database:
    found: Database = site.extensions["grader.database"]
    return found


@pytest.fixture
def classroom(database: Database) -> Classroom:
    with database.transaction() as session:
        made = make_classroom(session, students=14, items=5)
        accounts.set_password(session.get_one(Person, made.ta_id), PASSWORD)
    return made


@pytest.fixture
def ta(site: Flask, classroom: Classroom) -> Visitor:
    visitor = Visitor(site)
    visitor.log_in("tina-class")
    return visitor


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def links_to_lists(page: str) -> dict[str, str]:
    """Every link to a list of submissions or students, with its words."""
    found = re.findall(r'<a [^>]*href="([^"]*#submissions)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return {html.unescape(url): text_of(words) for url, words in found}


def count_shown(page: str) -> tuple[int, int | None]:
    """What stands under a list: its length, and of how many people."""
    said = text_of(page)
    if found := re.search(r"([\d,]+) submissions? of (\d+) students?", said):
        return int(found[1].replace(",", "")), int(found[2])
    if found := re.search(r"(\d+) students? (?:Page|Tina)", said):
        return int(found[1]), None
    return 0, None


def test_each_figure_leads_to_a_list_of_as_many_as_it_counts(ta: Visitor, classroom: Classroom) -> None:
    followed = 0
    for slug in ("accuracy", "adam_step"):
        page = ta.get(f"{ASSIGNMENT}{slug}/").text
        for url, words in links_to_lists(page).items():
            query = parse_qs(urlsplit(url).query)
            number = re.search(r"\d+", words)
            if number is None or "%" in words:
                continue
            listed, people = count_shown(ta.get(url.removesuffix("#submissions")).text)
            is_of_people = "diagnosis" in query or "student" in words
            assert int(number[0]) == (people if is_of_people and people is not None else listed), (url, words)
            followed += 1
    assert followed > 30


def test_conditions_are_shown_and_can_be_taken_off_one_by_one(ta: Visitor, classroom: Classroom) -> None:
    page = ta.get(f"{ITEM}?attempt=1&verdict=accepted&q=a").text
    chips = re.findall(r'<a class="filter-chip" href="([^"]*)"[^>]*>(.*?)</a>', page)
    assert [text_of(words).partition(" ×")[0] for _, words in chips] == ["Accepted", "attempt 1"]
    kept = [parse_qs(urlsplit(html.unescape(url)).query) for url, _ in chips]
    assert kept == [{"attempt": ["1"], "q": ["a"]}, {"verdict": ["accepted"], "q": ["a"]}]
    # What the list is narrowed to stays when somebody is searched for in it.
    assert '<input type="hidden" name="attempt" value="1">' in page


@pytest.mark.parametrize(
    "query",
    [
        "who=score:99&page=x",
        "who=%00",
        "case=%00&visibility=other&passed=yes",
        "case=<script>alert(1)</script>&diagnosis=<b>",
        "verdict=nonsense&attempt=-1",
        "attempt=999999999999999999999",
        "attempt=1e5&mistake=%27%3B--",
        "unstable=1&show=nonsense",
        "who=score:full&q=%25",
        "page=99999999999999999999",
    ],
)
def test_conditions_that_make_no_sense_still_answer_and_are_shown_as_text(ta: Visitor, query: str) -> None:
    answer = ta.get(f"{ITEM}?{query}")
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.text
    assert "<b>" not in answer.text.partition('class="chips"')[2].partition("</ul>")[0]


def test_a_case_is_shown_by_its_name_whatever_its_name_is(
    ta: Visitor, classroom: Classroom, database: Database
) -> None:
    odd = 'a & b "c" <i>?x=1#y'
    with database.transaction() as session:
        session.execute(update(CaseOutcome).where(CaseOutcome.position == 0).values(name=odd))
        session.execute(update(ItemFigures).values(computed_at=utc_now() - dt.timedelta(hours=9)))
    page = ta.get(ITEM).text
    assert "<i>?x" not in page
    (url,) = {
        url for url in links_to_lists(page) if parse_qs(urlsplit(url).query).get("case") == [odd] and "passed" in url
    }
    assert f"passed {odd}" in text_of(ta.get(url.removesuffix("#submissions")).text)


def test_unstable_cases_are_marked_and_lead_to_their_runs(
    ta: Visitor, classroom: Classroom, database: Database
) -> None:
    with database.transaction() as session:
        run = session.scalars(select(CaseOutcome.run_id).order_by(CaseOutcome.run_id)).first()
        session.execute(
            update(CaseOutcome).where(CaseOutcome.run_id == run, CaseOutcome.position == 0).values(is_unstable=True)
        )
    page = ta.get(ITEM).text
    assert "unstable in 1 run" in page
    (url,) = (url for url in links_to_lists(page) if "unstable=1" in url)
    assert count_shown(ta.get(url.removesuffix("#submissions")).text) == (1, 1)


def test_figures_that_take_long_are_shown_with_their_time_and_counted_when_the_page_is_out(
    ta: Visitor, classroom: Classroom, database: Database
) -> None:
    item_id = classroom.item_ids[0]
    before = utc_now() - dt.timedelta(minutes=5)
    ta.get(ITEM)
    with database.transaction() as session:
        session.merge(
            ItemFigures(
                item_id=item_id,
                computed_at=before,
                took_ms=900,
                figures={
                    "graded": 4321,
                    "verdicts": [{"name": "accepted", "submissions": 4321, "people": 3}],
                    "cases": [],
                },
            )
        )
        session.execute(update(Standing).where(Standing.item_id == item_id).values(touched_at=utc_now()))
    answer = ta.get(ITEM)
    assert "Of all 4,321 graded attempts, as of" in text_of(answer.text)
    answer.close()  # as the server does when everything was sent
    with database.reading() as session:
        kept = item_figures.kept_figures(session, item_id)
        assert kept is not None
        assert kept.computed_at > before
        assert kept.verdicts == item_figures.count_figures(session, item_id).verdicts
    assert "4,321" not in ta.get(ITEM).text


def test_a_large_question_seen_for_the_first_time_does_not_wait_to_be_counted(
    ta: Visitor, classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(item_figures, "FEW_ATTEMPTS", 3)
    first = ta.get(ITEM)
    assert "Being counted" in first.text
    assert 'data-refresh-s="2"' in first.text
    first.close()
    second = ta.get(ITEM).text
    assert "Being counted" not in second
    assert "What goes wrong, case by case" in second


def test_pages_look_again_while_a_deadline_runs_and_rest_afterwards(
    ta: Visitor, classroom: Classroom, database: Database
) -> None:
    paths = (ITEM, ASSIGNMENT, f"{ASSIGNMENT}questions", f"{ASSIGNMENT}watch", "/c/class/ta/", "/c/class/ta/watch")

    def every(due_in: dt.timedelta, closes_in: dt.timedelta) -> set[str | None]:
        with database.transaction() as session:
            assignment = session.get_one(Assignment, classroom.assignment_id)
            assignment.due_at, assignment.closes_at = utc_now() + due_in, utc_now() + closes_in
        found = (re.search(r'id="as-of" data-live(?: data-refresh-s="(\d+)")?>', ta.get(path).text) for path in paths)
        return {match[1] if match else "no note" for match in found}

    hour = dt.timedelta(hours=1)
    assert every(2 * hour, 50 * hour) == {"10"}
    assert every(48 * hour, 50 * hour) == {"30"}
    assert every(-50 * hour, -48 * hour) == {None}


def test_the_questions_stand_in_any_order_that_is_asked_for(ta: Visitor, classroom: Classroom) -> None:
    def places(sort: str) -> list[str]:
        page = ta.get(f"{ASSIGNMENT}questions?sort={sort}").text
        return re.findall(r'<span class="place">(\d+)</span>', page)

    assert places("place") == places("nonsense") == list("12345")
    for sort in ("first_try", "solved", "mean", "tried", "attempts", "waiting", "to_mark"):
        assert sorted(places(sort)) == list("12345")
    assert 'aria-sort="ascending"' in ta.get(f"{ASSIGNMENT}questions?sort=solved").text


def test_the_watch_list_says_its_thresholds_and_takes_others(
    ta: Visitor, classroom: Classroom, database: Database
) -> None:
    with database.transaction() as session:
        session.execute(
            update(Standing)
            .where(Standing.item_id == classroom.item_ids[0], Standing.person_id == classroom.student_ids[3])
            .values(solved_on_attempt=None, attempts=9, attempts_since_better=6, best_share=0.5, state="graded")
        )
    for path in ("/c/class/ta/watch", f"{ASSIGNMENT}watch"):
        usual = ta.get(path).text
        assert "the last 6 brought nothing beyond 50\u00a0% of the points" in text_of(usual).replace(
            "50 %", "50\u00a0%"
        )
        assert f'{ASSIGNMENT}accuracy/people/{classroom.student_ids[3]}/"' in usual
        strict = ta.get(f"{path}?stuck=7").text
        assert "the last 6 brought" not in strict
        assert 'value="7"' in strict
        assert ta.get(f"{path}?stuck=x&jump=-4&before=&absent_h=9999999").status_code == 200


def test_the_watch_list_of_a_course_is_of_what_is_open_or_was_lately(
    ta: Visitor, classroom: Classroom, database: Database
) -> None:
    assert "Tutorial 3" in ta.get("/c/class/ta/watch").text
    with database.transaction() as session:
        assignment = session.get_one(Assignment, classroom.assignment_id)
        assignment.due_at = assignment.closes_at = utc_now() - dt.timedelta(days=8)
    assert "No assignment is open now" in ta.get("/c/class/ta/watch").text
    assert ta.get(f"{ASSIGNMENT}watch").status_code == 200


def test_the_health_page_names_faults_of_this_course_only(
    ta: Visitor, site: Flask, classroom: Classroom, database: Database
) -> None:
    with database.transaction() as session:
        run = session.scalars(select(GradingRun).where(GradingRun.verdict.is_not(None))).first()
        assert run is not None
        run.state, run.verdict, run.fault = "failed", None, "the <b>card</b> fell out"  # type: ignore[assignment]
        other = Course(slug="other", title="Other", created_at=utc_now())
        session.add(other)
        session.flush()
        enrol(session, other.id, classroom.ta_id, CourseRole.TA)
    page = ta.get("/c/class/ta/health").text
    assert "the &lt;b&gt;card&lt;/b&gt; fell out" in page
    assert "show=failed" in page
    assert "fell out" not in ta.get("/c/other/ta/health").text


def test_pages_of_a_course_without_anything_say_what_will_be_there(
    ta: Visitor, classroom: Classroom, database: Database
) -> None:
    with database.transaction() as session:
        empty = Course(slug="empty", title="Empty", created_at=utc_now())
        session.add(empty)
        session.flush()
        enrol(session, empty.id, classroom.ta_id, CourseRole.TA)
        session.add(Assignment(course_id=empty.id, slug="a", title="A", created_at=utc_now()))
    for path in ("", "watch", "health", "a/a/questions", "a/a/watch"):
        assert ta.get(f"/c/empty/ta/{path}").status_code == 200, path
    assert "no questions yet" in ta.get("/c/empty/ta/a/a/questions").text
    assert "Everything that students of this course handed in could be graded" in ta.get("/c/empty/ta/health").text


def test_every_picture_has_its_table_and_a_sentence(ta: Visitor, classroom: Classroom) -> None:
    for path in (ITEM, f"{ASSIGNMENT}questions"):
        page = ta.get(path).text
        figures = re.findall(r"<figure class=\"chart\".*?</figure>", page, re.DOTALL)
        assert figures
        for figure in figures:
            says = re.search(r'data-says="([^"]{20,})"', figure)
            assert says is not None
            assert "<table" in figure
            assert '<th scope="row"' in figure
            assert "<details" in figure
        assert " style=" not in page


def test_where_much_changed_at_once_a_page_does_not_wait_and_says_so_until_a_worker_has_derived_it(
    ta: Visitor, database: Database, classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "being updated" not in ta.get(ASSIGNMENT).text
    with database.transaction() as session:
        touch_everything(session)
        rows = session.scalar(select(func.count()).select_from(Standing)) or 0
    for module in (standings, web_standings):
        monkeypatch.setattr(module, "FEW", rows - 1)
    page = ta.get(ASSIGNMENT).text
    assert f"being updated: {rows} grades" in text_of(page)
    with database.reading() as session:
        assert sum(stale_among(session, [classroom.assignment_id]).values()) == rows
    with database.transaction() as session:
        assert step(session)
    assert "being updated" not in ta.get(ASSIGNMENT).text


def test_a_file_of_scores_waits_until_everything_is_derived(
    ta: Visitor, database: Database, classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ta.get(f"{ASSIGNMENT}scores.csv").text
    with database.transaction() as session:
        touch_everything(session)
        session.execute(update(Standing).values(score=0.0))
    for module in (standings, web_standings):
        monkeypatch.setattr(module, "FEW", 7)
    assert ta.get(f"{ASSIGNMENT}scores.csv").text == before
    with database.reading() as session:
        assert stale_among(session, [classroom.assignment_id]) == {}
