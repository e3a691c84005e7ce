"""The demo course: what a visitor of a fresh site finds."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.demo import PASSWORD, make_demo
from grader.demo.cast import ADA
from grader.demo.history import plain
from grader.demo.make import MOST_SUBMISSIONS
from grader.demo.plan import TARGET
from grader.services.access import Verb, verbs_of
from grader.services.courses.windows import WindowState, state_at, window_of
from grader.services.grades import regrade_requests, releases
from grader.services.grades.grades import grades_of_assignment
from grader.services.marking import disagreements
from grader.services.people.accounts import check_password, person_with_login
from grader.spec import Bank
from grader.spec.samples import samples_of
from grader.store.database import Database
from grader.store.models import (
    Allowance,
    Assignment,
    AssignmentItem,
    Base,
    Course,
    Draft,
    Enrolment,
    Extension,
    GradingRun,
    Mark,
    Override,
    Person,
    Question,
    SavedComment,
    SimilarityCheck,
    Submission,
    WrittenAnswer,
)
from grader.store.words import Lane, Purpose, RunState, SimilarityState
from tests.world import ROOT

NOW = utc_now()


@pytest.fixture
def demo(database: Database) -> Database:
    make_demo(database, Bank(ROOT / "tasks", ROOT / "reference"), now=NOW)
    return database


def submissions(session: Session) -> Sequence[Submission]:
    return session.scalars(select(Submission).order_by(Submission.id)).all()


def item_of(session: Session, question: str, assignment: str) -> AssignmentItem:
    return session.scalars(
        select(AssignmentItem)
        .join(Question)
        .join(Assignment)
        .where(Question.name == question, Assignment.slug == assignment)
    ).one()


def test_everybody_whose_login_is_shown_gets_in_and_a_visitor_is_shown_one_of_each_role(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    logins = make_demo(database, Bank(ROOT / "tasks", ROOT / "reference"), now=NOW)
    assert len({login.role for login in logins[:3]}) == 3
    assert {login.password for login in logins} == {PASSWORD}
    with database.reading() as session:
        course = session.scalars(select(Course)).one()
        for login in logins[:3]:
            assert check_password(session, login.login, login.password) is not None
        for login in logins:
            person = person_with_login(session, login.login)
            assert person is not None
            assert Verb.VIEW_COURSE in verbs_of(session, person, course.id)
    database.close()


def test_there_is_an_assignment_in_every_state_of_a_window(demo: Database) -> None:
    with demo.reading() as session:
        ada = session.scalars(select(Person).where(Person.login == ADA)).one()
        assignments = session.scalars(select(Assignment).order_by(Assignment.position)).all()
        states = [state_at(window_of(session, made.items[0], ada.id), NOW) for made in assignments]
        assert states == [
            WindowState.CLOSED,
            WindowState.CLOSED,
            WindowState.LATE,
            WindowState.OPEN,
            WindowState.NOT_OPEN,
        ]
        assert len({(made.late_kind, made.late_share) for made in assignments}) > 3
        assert len({made.counting for made in assignments}) == 2


def test_everything_was_handed_in_while_it_was_allowed(demo: Database) -> None:
    with demo.reading() as session:
        handed_in = submissions(session)
        programs = [submission for submission in handed_in if submission.version.kind == "code"]
        assert 300 < len(programs) <= MOST_SUBMISSIONS
        late = 0
        looked_at = handed_in[::3]
        for submission in looked_at:
            window = window_of(session, submission.item, submission.person_id)
            state = state_at(window, submission.submitted_at)
            assert state in {WindowState.OPEN, WindowState.LATE}
            late += state is WindowState.LATE
            assert submission.submitted_at < NOW
        assert 10 < late < len(looked_at) / 3
        by_place: dict[tuple[int | None, int], list[int]] = {}
        for submission in handed_in:
            if submission.attempt is not None:
                by_place.setdefault((submission.item_id, submission.person_id), []).append(submission.attempt)
        for allowance in session.scalars(select(Allowance)):
            attempts = by_place[allowance.item_id, allowance.person_id]
            assert sorted(attempts) == list(range(1, allowance.used + 1))
            assert allowance.allowed is None or allowance.used <= allowance.allowed


def test_programs_wait_for_a_worker_in_the_bulk_lane_and_the_visitors_own_are_first(demo: Database) -> None:
    with demo.reading() as session:
        ada = session.scalars(select(Person).where(Person.login == ADA)).one()
        runs = session.scalars(select(GradingRun).order_by(GradingRun.turn, GradingRun.id)).all()
        queued = [run for run in runs if run.version.kind == "code"]
        assert {(run.state, run.lane) for run in queued} == {(RunState.QUEUED, Lane.REGRADE)}
        assert all(run.only_public == (run.submission.purpose is Purpose.PRECHECK) for run in queued)
        mine = [run.submission.person_id == ada.id for run in queued]
        assert any(mine)
        assert mine == sorted(mine, reverse=True)
        decided = [run for run in runs if run.version.kind != "code"]
        assert {run.state for run in decided} == {RunState.FINISHED}


def test_the_visitor_finds_neg_log_likelihood_still_to_do_and_drafts_where_she_stopped(demo: Database) -> None:
    with demo.reading() as session:
        ada = session.scalars(select(Person).where(Person.login == ADA)).one()
        item = item_of(session, TARGET, "likelihood")
        assert state_at(window_of(session, item, ada.id), NOW) is WindowState.OPEN
        mine = [submission for submission in submissions(session) if submission.person_id == ada.id]
        assert item.id not in {submission.item_id for submission in mine}
        assert len({submission.item_id for submission in mine}) > 5
        drafts = session.scalars(select(Draft).where(Draft.person_id == ada.id)).all()
        assert drafts
        assert item.id not in {draft.item_id for draft in drafts}
        assert all("def " in draft.source and "verdict:" not in draft.source for draft in drafts)


def test_the_class_is_a_class_some_solve_it_at_once_some_never_some_only_look(demo: Database) -> None:
    with demo.reading() as session:
        rows = submissions(session)
        by_person = Counter(submission.person_id for submission in rows)
        assert max(by_person.values()) > 3 * min(by_person.values())
        only_looked = {submission.person_id for submission in rows} - {
            submission.person_id
            for submission in rows
            if submission.purpose is Purpose.SUBMIT and submission.version.kind == "code"
        }
        assert only_looked
        answers = session.scalars(select(WrittenAnswer)).all()
        assert any(answer.points is None for answer in answers)
        assert any(answer.marked_by is not None and answer.comment for answer in answers)
        assert all(extension.reason for extension in session.scalars(select(Extension)))


def test_a_visitor_finds_each_kind_of_decision_once(demo: Database) -> None:
    with demo.reading() as session:
        blind = session.scalars(select(Assignment).where(Assignment.slug == "basics")).one()
        assert (blind.is_marked_blind, blind.markers_wanted) == (True, 2)
        assert len([one for one in disagreements.disagreements(session, blind.items) if one.settled is None]) == 1
        assert any(mark.ticked for mark in session.scalars(select(Mark)))
        assert session.scalars(select(Override)).one().reason
        assert regrade_requests.open_count(session, blind.course_id) == 1
        assert session.scalars(select(SavedComment)).one().question_id is not None
        assert session.scalars(select(SimilarityCheck)).one().state is SimilarityState.QUEUED
        held = session.scalars(select(Assignment).where(Assignment.slug == "regression")).one()
        ada = session.scalars(select(Person).where(Person.login == ADA)).one()
        assert releases.held_among(session, [blind.id, held.id], ada.id) == {held.id}


def test_many_end_with_the_same_mistake(demo: Database) -> None:
    with demo.reading() as session:
        last: dict[tuple[int | None, int], Submission] = {}
        for submission in submissions(session):
            if submission.purpose is Purpose.SUBMIT and submission.source is not None:
                last[submission.item_id, submission.person_id] = submission
        wrong = {
            (version.id, hashlib.sha256(plain(sample.source)).hexdigest())
            for version in {submission.version for submission in last.values()}
            for sample in samples_of(Bank(ROOT / "tasks", ROOT / "reference").get(version.question.name).files)
            if not sample.is_right
        }
        together = Counter((row.version_id, row.source_sha256) for row in last.values())
        assert sum(together[one] >= 3 for one in wrong) >= 5


def test_answers_that_need_no_worker_count_at_once(demo: Database) -> None:
    with demo.reading() as session:
        assignment = session.scalars(select(Assignment).where(Assignment.slug == "likelihood")).one()
        grades = grades_of_assignment(session, assignment.id).values()
        assert {"graded", "awaiting_marking"} <= {str(grade.state) for grade in grades}


def test_the_same_day_makes_the_same_course(database: Database, sqlite_url: str) -> None:
    other = Database(sqlite_url.replace("grader.db", "other.db"))
    Base.metadata.create_all(other.engine)
    stories = []
    for each in (database, other):
        make_demo(each, Bank(ROOT / "tasks", ROOT / "reference"), now=NOW)
        with each.reading() as session:
            stories.append([(row.source_sha256, row.submitted_at, row.attempt) for row in submissions(session)])
    other.close()
    assert stories[0] == stories[1]


def test_a_bank_without_references_makes_a_course_without_attempts(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    make_demo(database, Bank(ROOT / "tasks", None), now=NOW - dt.timedelta(days=1))
    with database.reading() as session:
        assert session.scalars(select(Enrolment)).all()
        assert not [row for row in submissions(session) if row.version.kind == "code"]
    database.close()
