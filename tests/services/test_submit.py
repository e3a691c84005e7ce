from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.handing_in.attempts import attempts_used
from grader.services.handing_in.drafts import save
from grader.services.handing_in.submit import MAX_SOURCE_BYTES, MAX_UNFINISHED, hand_in
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import (
    Allowance,
    Assignment,
    AssignmentItem,
    Course,
    Enrolment,
    Extension,
    GradingRun,
    Question,
    QuestionVersion,
    Submission,
)
from grader.store.words import Device, Lane, Origin, Purpose, RunState
from tests.services.handing import SOURCE, at_once, claimed, graded, hand, handed
from tests.world import HOUR, NEG_LOG_LIKELIHOOD, World, make_world

SECOND = dt.timedelta(seconds=1)


def count(session: Session, model: type[object]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def refusal(session: Session, world: World, login: str = "ada", source: bytes = SOURCE, **given: object) -> Refused:
    with pytest.raises(Refused) as caught:
        hand(session, world, login, source, **given)  # type: ignore[arg-type]  # a test says what differs
    return caught.value


def made(database: Database, **assignment: Any) -> World:
    with database.transaction() as session:
        return make_world(session, **assignment)


def test_handing_in_keeps_the_source_and_queues_a_run_of_the_live_version(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        result = hand_in(
            session,
            person_id=world.people["ada"],
            item_id=world.item_id,
            source=SOURCE,
            origin=Origin.UPLOAD,
            file_name="my\x1b[31m file\0.py" + "x" * 400,
        )
    assert (result.device, result.is_repeat) == (Device.CPU, False)
    with database.reading() as session:
        submission = session.get_one(Submission, result.submission_id)
        assert submission.source == SOURCE
        assert submission.attempt == 1
        assert submission.course_id == world.course_id
        assert submission.file_name is not None
        assert submission.file_name.startswith("my file�.py")
        run = session.get_one(GradingRun, result.run_id)
        assert (run.state, run.lane, run.is_live, run.only_public) == (RunState.QUEUED, Lane.NORMAL, True, False)
        assert run.version_id == submission.item.question.live_version_id


def test_the_same_key_is_the_same_submission(database: Database) -> None:
    world = made(database, attempts_allowed=3)
    with database.transaction() as session:
        first = hand(session, world, key="abc")
    claimed(database)
    with database.transaction() as session:
        again = hand(session, world, key="abc")
        other_person = hand(session, world, "bob", key="abc")
    assert again.is_repeat
    assert (again.submission_id, again.run_id) == (first.submission_id, first.run_id)
    assert other_person.submission_id != first.submission_id
    with database.reading() as session:
        assert attempts_used(session, world.item_id, world.people["ada"]) == 1


def test_a_repeat_after_the_window_closed_still_finds_the_first(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        first = hand(session, world, key="abc")
        again = hand(session, world, key="abc", now=utc_now() + 1000 * HOUR)
    assert again.submission_id == first.submission_id


def test_a_key_used_for_something_else_is_refused(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        hand(session, world, key="abc")
        assert refusal(session, world, source=b"other = 1", key="abc").reason is Reason.CONFLICT
        elsewhere = world.item_ids[NEG_LOG_LIKELIHOOD]
        assert refusal(session, world, item_id=elsewhere, key="abc").reason is Reason.CONFLICT
        assert refusal(session, world, purpose=Purpose.PRECHECK, key="abc").reason is Reason.CONFLICT
        assert count(session, Submission) == 1


@pytest.mark.parametrize("key", ["", "x" * 101, "a\0b", "a\nb"])
def test_a_key_that_no_column_could_hold_is_refused(database: Database, key: str) -> None:
    world = made(database)
    with database.transaction() as session:
        assert refusal(session, world, key=key).reason is Reason.INVALID


def test_a_repeat_raced_is_handed_in_once(database: Database) -> None:
    world = made(database, attempts_allowed=1)

    def send() -> tuple[int, bool]:
        with database.transaction() as session:
            result = hand(session, world, key="abc")
            return result.submission_id, result.is_repeat

    results = at_once([send] * 8)
    assert len({result[0] for result in results if isinstance(result, tuple)}) == 1
    assert sorted(result[1] for result in results if isinstance(result, tuple)) == [False] + [True] * 7
    with database.reading() as session:
        assert (count(session, Submission), count(session, GradingRun)) == (1, 1)
        assert attempts_used(session, world.item_id, world.people["ada"]) == 1


def test_one_key_raced_for_two_questions_goes_to_one_of_them(database: Database) -> None:
    world = made(database)

    def send(item_id: int) -> int:
        with database.transaction() as session:
            return hand(session, world, key="abc", item_id=item_id).submission_id

    results = at_once([partial(send, item_id) for item_id in world.item_ids.values()])
    refused = [result for result in results if isinstance(result, Exception)]
    assert [error.reason for error in refused if isinstance(error, Refused)] == [Reason.CONFLICT]
    assert len(results) == 2


def test_a_double_click_without_a_key_is_one_submission(database: Database) -> None:
    world = made(database)
    now = utc_now()
    with database.transaction() as session:
        first = hand(session, world, now=now)
        assert hand(session, world, now=now + SECOND) == type(first)(
            first.submission_id, first.run_id, first.device, is_repeat=True
        )
        assert not hand(session, world, source=SOURCE + b"#", now=now + SECOND).is_repeat
        assert not hand(session, world, purpose=Purpose.PRECHECK, now=now + SECOND).is_repeat
        assert not hand(session, world, "bob", now=now + SECOND).is_repeat


def test_the_same_source_later_or_after_its_verdict_is_another_submission(database: Database) -> None:
    world = made(database)
    now = utc_now()
    with database.transaction() as session:
        hand(session, world, now=now - 3 * SECOND)
        assert not hand(session, world, now=now).is_repeat
    with database.transaction() as session:
        for run in session.scalars(select(GradingRun)):
            run.state = RunState.FAILED
    with database.transaction() as session:
        assert not hand(session, world, now=now + SECOND).is_repeat


def test_the_last_attempt_raced_from_two_browsers_is_given_once(database: Database) -> None:
    world = made(database, attempts_allowed=3)
    graded(database, world)
    graded(database, world)

    def send(browser: int) -> int:
        with database.transaction() as session:
            return hand(session, world, source=f"browser = {browser}".encode(), key=f"b{browser}").submission_id

    results = at_once([partial(send, browser) for browser in range(6)])
    refused = [result for result in results if isinstance(result, Refused)]
    assert [error.reason for error in refused] == [Reason.NO_ATTEMPTS_LEFT] * 5
    assert str(refused[0]) == "All 3 attempts at this question are used."
    with database.reading() as session:
        attempts = session.scalars(select(Submission.attempt).order_by(Submission.id)).all()
        assert attempts == [1, 2, 3]
        row = session.get_one(Allowance, (world.item_id, world.people["ada"]))
        assert (row.used, row.issued, row.allowed) == (3, 3, 3)


def test_two_students_at_the_same_moment_are_both_taken(database: Database) -> None:
    world = made(database, attempts_allowed=1)

    def send(login: str) -> int:
        with database.transaction() as session:
            return hand(session, world, login).submission_id

    results = at_once([partial(send, login) for login in ("ada", "bob")])
    assert len({result for result in results if isinstance(result, int)}) == 2


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_slow_request_of_one_student_keeps_nobody_waiting_but_their_own_next_one(database: Database) -> None:
    world = made(database)
    with database.transaction() as slow:
        hand(slow, world, "ada")
        with database.transaction() as other:
            other.execute(text("SET LOCAL lock_timeout = '1s'"))
            assert not hand(other, world, "bob").is_repeat
            # What refers to a student, such as a draft, does not wait for them either.
            save(other, world.item_id, world.people["ada"], "a = 1", 0, utc_now())
        with database.transaction() as other:
            other.execute(text("SET LOCAL lock_timeout = '100ms'"))
            with pytest.raises(OperationalError):
                hand(other, world, "ada", b"n = 2")
            other.rollback()


def test_attempts_of_one_student_raced_get_numbers_of_their_own(database: Database) -> None:
    world = made(database)

    def send(number: int) -> int:
        with database.transaction() as session:
            return hand(session, world, source=f"n = {number}".encode()).submission_id

    results = at_once([partial(send, number) for number in range(8)])
    assert len({result for result in results if isinstance(result, int)}) == 8
    with database.reading() as session:
        assert sorted(filter(None, session.scalars(select(Submission.attempt)))) == list(range(1, 9))


def test_an_items_own_allowance_beats_the_assignments_and_an_extension_adds_to_it(database: Database) -> None:
    world = made(database, attempts_allowed=5)
    with database.transaction() as session:
        session.get_one(AssignmentItem, world.item_id).attempts_allowed = 1
        hand(session, world)
        assert str(refusal(session, world, source=b"a = 1")) == "The one attempt at this question is used."
        session.add(
            Extension(
                assignment_id=world.assignment_id,
                person_id=world.people["ada"],
                extra_attempts=1,
                reason="ill",
                granted_by=world.people["sam"],
                created_at=utc_now(),
            )
        )
        session.flush()
        hand(session, world, source=b"a = 1")
        assert refusal(session, world, source=b"a = 2").reason is Reason.NO_ATTEMPTS_LEFT


def test_an_allowance_lowered_below_what_is_used_refuses_and_breaks_nothing(database: Database) -> None:
    world = made(database)
    for number in range(3):
        handed(database, world, source=f"n = {number}".encode())
    with database.transaction() as session:
        session.get_one(Assignment, world.assignment_id).attempts_allowed = 2
        session.flush()
        assert refusal(session, world, source=b"n = 9").reason is Reason.NO_ATTEMPTS_LEFT


def test_a_precheck_uses_no_attempt_and_runs_the_public_cases(database: Database) -> None:
    world = made(database, attempts_allowed=1)
    with database.transaction() as session:
        hand(session, world)
        check = hand(session, world, purpose=Purpose.PRECHECK)
    with database.reading() as session:
        assert session.get_one(GradingRun, check.run_id).only_public
        assert session.get_one(Submission, check.submission_id).attempt is None
        assert attempts_used(session, world.item_id, world.people["ada"]) == 1


def test_a_window_takes_what_arrives_in_its_last_second_and_nothing_after(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        assignment = session.get_one(Assignment, world.assignment_id)
        opens_at, due_at, closes_at = assignment.opens_at, assignment.due_at, assignment.closes_at
        assert opens_at is not None
        assert due_at is not None
        assert closes_at is not None
        early = refusal(session, world, now=opens_at - SECOND / 1000)
        assert early.reason is Reason.NOT_OPEN
        assert refusal(session, world, now=opens_at - SECOND, purpose=Purpose.PRECHECK).reason is Reason.NOT_OPEN
        hand(session, world, source=b"a = 1", now=opens_at)
        hand(session, world, source=b"a = 2", now=due_at + HOUR)
        hand(session, world, source=b"a = 3", now=closes_at - SECOND / 1000)
        late = refusal(session, world, source=b"a = 4", now=closes_at + SECOND / 1000)
        assert late.reason is Reason.CLOSED
        assert refusal(session, world, now=closes_at + SECOND, purpose=Purpose.PRECHECK).reason is Reason.CLOSED


def test_an_extension_opens_a_closed_window_for_one_person(database: Database) -> None:
    world = made(database)
    later = utc_now() + 100 * HOUR
    with database.transaction() as session:
        session.add(
            Extension(
                assignment_id=world.assignment_id,
                person_id=world.people["ada"],
                due_at=later + HOUR,
                reason="ill",
                granted_by=world.people["sam"],
                created_at=utc_now(),
            )
        )
        session.flush()
        hand(session, world, "ada", now=later)
        assert refusal(session, world, "bob", now=later).reason is Reason.CLOSED


def test_those_who_teach_try_questions_at_any_time_and_as_often_as_they_like(database: Database) -> None:
    world = made(database, attempts_allowed=1)
    with database.transaction() as session:
        for login in ("tina", "sam", "root"):
            for number in range(2):
                handed = hand(session, world, login, f"n = {number}".encode(), now=utc_now() + (1000 + number) * HOUR)
                assert session.get_one(Submission, handed.submission_id).attempt == number + 1


def test_who_is_not_in_the_course_finds_no_question(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        assert refusal(session, world, "eve").reason is Reason.NOT_FOUND
        assert refusal(session, world, item_id=999_999).reason is Reason.NOT_FOUND
        for enrolment in session.scalars(select(Enrolment)):
            enrolment.ended_at = utc_now()
        session.flush()
        assert refusal(session, world, "ada").reason is Reason.NOT_FOUND


def test_what_is_not_visible_yet_is_there_for_staff_only(database: Database) -> None:
    world = made(database, is_visible=False)
    with database.transaction() as session:
        assert refusal(session, world, "ada").reason is Reason.NOT_FOUND
        assert refusal(session, world, "tina").reason is Reason.NOT_FOUND
        hand(session, world, "sam")


def test_a_question_without_a_live_version_is_refused(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        question = session.get_one(QuestionVersion, next(iter(world.version_ids.values()))).question
        assert isinstance(question, Question)
        question.live_version = None
        session.flush()
        assert refusal(session, world).reason is Reason.NOT_FOUND


def test_a_written_question_is_not_answered_with_a_program(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        session.get_one(AssignmentItem, world.item_id).question.live_version.kind = "text"  # type: ignore[union-attr]
        session.flush()
        assert refusal(session, world).reason is Reason.INVALID


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n\t\r\n", Reason.EMPTY),
        (b"\xef\xbb\xbf\n", Reason.EMPTY),
        (b"a = 1\0", Reason.NOT_TEXT),
        (b"a = '\xff'", Reason.NOT_TEXT),
        (b"# coding: latin-1\na = 1", Reason.NOT_TEXT),
        ("a = 1".encode("utf-16"), Reason.NOT_TEXT),
        (b"#" * (MAX_SOURCE_BYTES + 1), Reason.TOO_LARGE),
    ],
)
def test_what_is_no_python_file_is_refused_and_costs_nothing(database: Database, source: bytes, reason: Reason) -> None:
    world = made(database, attempts_allowed=1)
    with database.transaction() as session:
        assert refusal(session, world, source=source).reason is reason
        assert attempts_used(session, world.item_id, world.people["ada"]) == 0
        hand(session, world, source=b"#" * MAX_SOURCE_BYTES)


def test_somebody_with_too_much_waiting_is_asked_to_wait(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        for number in range(MAX_UNFINISHED):
            hand(session, world, source=f"n = {number}".encode())
        assert refusal(session, world, source=b"n = 99").reason is Reason.TOO_MANY
        hand(session, world, "bob")
    claimed(database)
    with database.transaction() as session:
        assert refusal(session, world, source=b"n = 99").reason is Reason.TOO_MANY
        for run in session.scalars(select(GradingRun).where(GradingRun.state == RunState.QUEUED).limit(1)):
            run.state = RunState.FAILED
        session.flush()
        hand(session, world, source=b"n = 99")


def test_workers_are_told_of_a_run_unless_they_are_known_to_be_at_work_on_others(database: Database) -> None:
    world = made(database)
    now = utc_now()
    with database.transaction() as session:
        assert hand(session, world, source=b"# 1", now=now).device is Device.CPU
        # The first may not have been taken yet, though a worker is idle.
        assert hand(session, world, "bob", source=b"# 2", now=now + dt.timedelta(seconds=0.5)).device is Device.CPU
        # It has waited for long: whoever looks for work finds this one, too, once its turn comes.
        assert hand(session, world, "bob", source=b"# 3", now=now + dt.timedelta(seconds=5)).device is None


def test_bulk_work_waits_in_its_own_lane_and_is_not_counted_as_impatience(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        for number in range(MAX_UNFINISHED + 5):
            regraded = hand(session, world, source=f"n = {number}".encode())
            session.get_one(GradingRun, regraded.run_id).lane = Lane.REGRADE
            session.flush()
        assert not hand(session, world).is_repeat


def test_a_refused_submission_leaves_nothing_behind(database: Database) -> None:
    world = made(database, attempts_allowed=1)
    handed(database, world)
    with pytest.raises(Refused), database.transaction() as session:
        hand(session, world, source=b"n = 1")
    with database.reading() as session:
        assert (count(session, Submission), count(session, GradingRun)) == (1, 1)


def test_an_archived_course_takes_nothing_more(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        session.get_one(Course, world.course_id).archived_at = utc_now()
        assert refusal(session, world).reason is Reason.CLOSED
        assert count(session, Submission) == 0
