"""Figures over submissions, how long they are kept, and the lists behind them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from grader.clock import utc_now
from grader.services.dashboards.item_figures import (
    CHEAP_MS,
    FEW_ATTEMPTS,
    LASTING_S,
    SLACK_S,
    Due,
    Figures,
    count_figures,
    keep_figures,
    kept_figures,
    last_touch,
    when_due,
)
from grader.services.dashboards.item_submissions import Behind, Show, submissions_at
from grader.services.grades.standings import touch
from grader.store.database import Database
from grader.store.models import CaseOutcome, GradingRun, Person, Submission
from grader.vocab import Verdict
from tests.classroom import Classroom, make_classroom

NOW = dt.datetime(2026, 11, 21, 20, 0, tzinfo=dt.UTC)


@pytest.fixture
def classroom(database: Database) -> Classroom:
    with database.transaction() as session:
        return make_classroom(session, students=12, items=5)


def test_cases_and_verdicts_count_graded_attempts_only(database: Database, classroom: Classroom) -> None:
    with database.reading() as session:
        for item_id in classroom.item_ids:
            figures = count_figures(session, item_id)
            listed = submissions_at(session, item_id, page_size=10_000)
            assert figures.graded == sum(line.state == "finished" for line in listed.lines)
            for case in figures.cases:
                assert case.graded == case.passed + case.failed == figures.graded


def test_every_figure_of_a_case_counts_exactly_the_submissions_that_it_leads_to(
    database: Database, classroom: Classroom
) -> None:
    with database.transaction() as session:
        first = session.scalars(select(CaseOutcome).order_by(CaseOutcome.run_id, CaseOutcome.position)).first()
        assert first is not None
        first.is_unstable = True
    counted = unstable = 0
    with database.reading() as session:
        for item_id in classroom.item_ids:
            figures = count_figures(session, item_id)
            for count in figures.verdicts:
                found = submissions_at(session, item_id, behind=Behind(verdict=Verdict(count.name)))
                assert (found.total, found.people) == (count.submissions, count.people)
            for case in figures.cases:
                of = Behind(case=case.name, visibility=case.visibility)
                found = submissions_at(session, item_id, behind=of)
                assert (found.total, found.people) == (case.failed, case.people_failed)
                assert submissions_at(session, item_id, behind=replace(of, is_passed=True)).total == case.passed
                found = submissions_at(session, item_id, behind=replace(of, is_unstable=True))
                assert found.total == case.unstable
                unstable += case.unstable
                for mistake in case.mistakes:
                    found = submissions_at(session, item_id, behind=replace(of, diagnosis=mistake.name))
                    assert (found.total, found.people) == (mistake.submissions, mistake.people)
                    counted += 1
    assert counted > 10
    assert unstable == 1


def test_a_failure_without_a_diagnosis_goes_by_its_verdict(database: Database, classroom: Classroom) -> None:
    with database.transaction() as session:
        session.execute(
            update(CaseOutcome)
            .where(CaseOutcome.verdict != Verdict.ACCEPTED)
            .values(diagnosis=None, verdict=Verdict.RUNTIME_ERROR)
        )
    with database.reading() as session:
        (case, *_) = (case for case in count_figures(session, classroom.item_ids[2]).cases if case.failed)
        assert [count.name for count in case.mistakes] == ["runtime_error"]
        of = Behind(case=case.name, visibility=case.visibility, diagnosis="runtime_error")
        assert submissions_at(session, classroom.item_ids[2], behind=of).total == case.failed


def test_lists_filter_by_state_and_person_and_are_newest_first(database: Database, classroom: Classroom) -> None:
    with database.reading() as session:
        for item_id in classroom.item_ids:
            whole = submissions_at(session, item_id, page_size=10_000)
            times = [line.submitted_at for line in whole.lines]
            assert times == sorted(times, reverse=True)
            parts = [submissions_at(session, item_id, show=show) for show in Show if show is not Show.ALL]
            assert sum(part.total for part in parts) == whole.total
            line = whole.lines[0]
            name = session.get_one(Person, line.person_id).name
            assert {found.name for found in submissions_at(session, item_id, text=name[:6].lower()).lines} >= {name}
            mine = submissions_at(session, item_id, person_id=line.person_id)
            assert {found.person_id for found in mine.lines} == {line.person_id}


def test_a_percent_sign_in_a_search_is_no_wildcard(database: Database, classroom: Classroom) -> None:
    with database.reading() as session:
        assert submissions_at(session, classroom.item_ids[0], text="%").total == 0
        assert submissions_at(session, classroom.item_ids[0], text="_").total == 0


def test_attempts_and_mistakes_can_be_listed_together(database: Database, classroom: Classroom) -> None:
    item_id = classroom.item_ids[4]
    with database.transaction() as session:
        ids = session.scalars(
            select(GradingRun.id)
            .join(Submission)
            .where(Submission.item_id == item_id, Submission.attempt == 1)
            .order_by(GradingRun.id)
        ).all()
        session.execute(update(GradingRun).where(GradingRun.id.in_(ids[:3])).values(mistake="m1"))
    with database.reading() as session:
        assert submissions_at(session, item_id, behind=Behind(mistake="m1")).total == 3
        assert submissions_at(session, item_id, behind=Behind(mistake="m1", attempt=2)).total == 0
        assert submissions_at(session, item_id, behind=Behind(attempt=1)).total == len(
            session.scalars(select(Submission.id).where(Submission.item_id == item_id, Submission.attempt == 1)).all()
        )


def test_pages_of_a_list_hold_every_submission_once(database: Database, classroom: Classroom) -> None:
    item_id = classroom.item_ids[1]
    with database.reading() as session:
        whole = [line.submission_id for line in submissions_at(session, item_id, page_size=1000).lines]
        pages = -(-len(whole) // 7)
        paged = [
            line.submission_id
            for page in range(1, pages + 1)
            for line in submissions_at(session, item_id, page=page, page_size=7).lines
        ]
    assert paged == whole


def test_kept_figures_are_those_that_were_counted(database: Database, classroom: Classroom) -> None:
    item_id = classroom.item_ids[0]
    with database.transaction() as session:
        counted = count_figures(session, item_id)
        keep_figures(session, item_id, counted)
    with database.reading() as session:
        assert kept_figures(session, item_id) == counted
        assert kept_figures(session, classroom.item_ids[1]) is None


def test_whoever_counted_earlier_does_not_write_over_what_was_counted_later(
    database: Database, classroom: Classroom
) -> None:
    item_id = classroom.item_ids[0]
    later = figures(computed_at=NOW, graded=9)
    earlier = figures(computed_at=NOW - dt.timedelta(seconds=1), graded=8)
    for one in (later, earlier):
        with database.transaction() as session:
            keep_figures(session, item_id, one)
    with database.reading() as session:
        kept = kept_figures(session, item_id)
    assert kept is not None
    assert kept.graded == 9


def test_figures_are_right_until_something_of_the_item_is_touched(database: Database, classroom: Classroom) -> None:
    item_id, other_id = classroom.item_ids[:2]
    later = utc_now() + dt.timedelta(seconds=SLACK_S + 1)
    slow = figures(computed_at=later, took_ms=CHEAP_MS + 1)
    with database.reading() as session:
        before = last_touch(session, item_id)
        assert when_due(slow, before, 10, later) is Due.FRESH
    with database.transaction() as session:
        touch(session, other_id, classroom.student_ids[0])
    with database.reading() as session:
        assert last_touch(session, item_id) == before
    with database.transaction() as session:
        touch(session, item_id, classroom.student_ids[0])
    with database.reading() as session:
        after = last_touch(session, item_id)
    assert before is not None
    assert after is not None
    assert after > before


def test_cheap_figures_are_counted_at_once_and_dear_ones_after_the_page(database: Database) -> None:
    del database
    touched_at = NOW

    def due(took_ms: int, age_s: float) -> Due:
        kept = figures(computed_at=touched_at - dt.timedelta(seconds=1), took_ms=took_ms)
        return when_due(kept, touched_at, 10**6, kept.computed_at + dt.timedelta(seconds=age_s))

    assert due(CHEAP_MS, 2) is Due.NOW
    assert due(CHEAP_MS + 1, LASTING_S - 1) is Due.LATER
    assert due(CHEAP_MS + 1, LASTING_S) is Due.AFTERWARDS
    # What takes two seconds is not done every ten.
    assert due(2000, LASTING_S + 1) is Due.LATER
    assert due(2000, 61) is Due.AFTERWARDS
    assert when_due(None, touched_at, FEW_ATTEMPTS, NOW) is Due.NOW
    assert when_due(None, touched_at, FEW_ATTEMPTS + 1, NOW) is Due.AFTERWARDS


def test_a_change_that_may_not_have_been_seen_yet_leaves_figures_stale() -> None:
    kept = figures(computed_at=NOW, took_ms=CHEAP_MS + 1)
    began_before = NOW - dt.timedelta(seconds=SLACK_S - 1)
    assert when_due(kept, began_before, 10, NOW + dt.timedelta(seconds=LASTING_S)) is Due.AFTERWARDS
    long_before = NOW - dt.timedelta(seconds=SLACK_S + 1)
    assert when_due(kept, long_before, 10, NOW + dt.timedelta(hours=9)) is Due.FRESH


def figures(*, computed_at: dt.datetime, took_ms: int = 1, graded: int = 0) -> Figures:
    return Figures(computed_at=computed_at, took_ms=took_ms, graded=graded, verdicts=(), cases=())
