"""Holds, overrides, requests and appeals: what people decide about single grades, on both databases."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import func, select

from grader.clock import utc_now
from grader.pipeline.feedback import Audience
from grader.services.access import VERBS
from grader.services.courses.courses import progress_of
from grader.services.edits import Changed, Faulty
from grader.services.grades import overrides, regrade_requests, releases
from grader.services.grades.grades import grades_of_person
from grader.services.grading import appeals
from grader.services.grading.results import shown_report, state_json
from grader.services.grading.runs import enqueue, finish
from grader.services.refusals import Refused
from grader.store.database import Database
from grader.store.models import (
    Assignment,
    AssignmentItem,
    AuditEvent,
    GradeHold,
    Override,
    RegradeRequest,
    Submission,
)
from grader.store.words import CourseRole, Lane, Purpose, RequestState
from tests.services.handing import another_course, at_once, claimed, graded, hand, report_of, run_of
from tests.world import HOUR, World, enrol, make_world, person


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


def hold(database: Database, world: World, *logins: str, held: bool = True) -> None:
    """Everybody's grades, or those of some."""
    by = world.people["tina"]
    with database.transaction() as session:
        if not logins:
            releases.set_for_everybody(session, world.assignment_id, held=held, changed_by=by)
        else:
            people = [world.people[login] for login in logins]
            releases.set_for_people(session, world.assignment_id, people, held=held, changed_by=by)


def is_held(database: Database, world: World, login: str) -> bool:
    with database.reading() as session:
        return releases.is_held(session, world.assignment_id, world.people[login])


def close(database: Database, world: World) -> None:
    """The window of everybody is over; what was handed in was in time."""
    now = utc_now()
    with database.transaction() as session:
        assignment = session.get_one(Assignment, world.assignment_id)
        assignment.due_at = assignment.closes_at = now - HOUR / 60
        for given in session.scalars(select(Submission)):
            given.submitted_at = now - HOUR


def acts(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(row.act, row.subject) for row in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]


# Holds


def test_a_decision_for_one_student_goes_before_everybodys(database: Database, world: World) -> None:
    assert not is_held(database, world, "ada")
    hold(database, world)
    hold(database, world, "ada", held=False)
    assert (is_held(database, world, "ada"), is_held(database, world, "bob")) == (False, True)
    hold(database, world, held=False)
    hold(database, world, "bob")
    assert (is_held(database, world, "ada"), is_held(database, world, "bob")) == (False, True)
    with database.transaction() as session:
        everybody = [world.people["ada"], world.people["bob"]]
        releases.follow_everybody(session, world.assignment_id, everybody, changed_by=world.people["tina"])
    assert not is_held(database, world, "bob")
    people = [f"person:{world.people[login]}" for login in ("ada", "bob")]
    assignment = f"assignment:{world.assignment_id}"
    assert [found for found in acts(database) if found[0].startswith("grades.")] == [
        ("grades.held", assignment),
        ("grades.released", people[0]),
        ("grades.released", assignment),
        ("grades.held", people[1]),
        ("grades.released", people[0]),
        ("grades.released", people[1]),
    ]


def test_holding_twice_is_holding_once(database: Database, world: World) -> None:
    for _ in range(2):
        hold(database, world)
        hold(database, world, "ada")
    assert [act for act, _ in acts(database)].count("grades.held") == 2


def test_two_who_hold_at_once_leave_one_row(database: Database, world: World) -> None:
    done = at_once([partial(hold, database, world, "ada"), partial(hold, database, world, "ada")])
    assert all(result is None or isinstance(result, Changed) for result in done)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(GradeHold)) == 1


def test_only_students_of_the_course_are_held(database: Database, world: World) -> None:
    for login in ("tina", "eve"):
        with pytest.raises(Faulty, match="not a student"):
            hold(database, world, login)
    with database.transaction() as session, pytest.raises(Faulty, match="at least one"):
        releases.set_for_people(session, world.assignment_id, [], held=True, changed_by=world.people["tina"])


def test_a_held_result_says_nothing_of_the_grade_to_its_student_and_all_to_staff(
    database: Database, world: World
) -> None:
    submission_id = graded(database, world, score=4.0)
    hold(database, world)
    with database.reading() as session:
        run = run_of(session, submission_id)
        held, staff = shown_report(run, Audience.STUDENT), shown_report(run, Audience.STAFF)
        state = state_json(session, submission_id, Audience.STUDENT)
        assert held is not None
        assert staff is not None
        assert [case.name for case in held.cases] == ["small"]
        assert [(case.points, case.max_points) for case in held.cases] == [(0.0, 0.0)]
        assert (held.score, held.verdict.value, held.mistake) == (0.0, "skipped", None)
        assert (state["state"], state["verdict"], state["score"]) == ("finished", None, None)
        assert [case["name"] for case in state["cases"]] == ["small"]
        assert staff.score == 4.0
        progress = progress_of(
            session,
            session.get_one(Assignment, world.assignment_id),
            world.people["ada"],
            utc_now(),
            VERBS[CourseRole.STUDENT],
        )
    assert progress.is_held
    assert {(grade.score, grade.submission_id) for grade in progress.grades} == {(None, None)}
    assert progress.grades[0].state == "held"
    assert progress.grades[0].attempts_used == 1
    hold(database, world, "ada", held=False)
    with database.reading() as session:
        assert state_json(session, submission_id, Audience.STUDENT)["score"] == 4.0


def test_where_public_cases_are_all_that_gives_points_a_held_result_shows_none(
    database: Database, world: World
) -> None:
    with database.transaction() as session:
        submission_id = hand(session, world).submission_id
    taken = claimed(database)
    whole = report_of(4.0)
    with database.transaction() as session:
        finish(session, taken, replace(whole, cases=whole.cases[:1]), image=None, now=utc_now())
    hold(database, world)
    with database.reading() as session:
        held = shown_report(run_of(session, submission_id), Audience.STUDENT)
    assert held is not None
    assert held.cases == ()


def test_a_precheck_is_shown_while_grades_are_held(database: Database, world: World) -> None:
    with database.transaction() as session:
        submission_id = hand(session, world, purpose=Purpose.PRECHECK).submission_id
    taken = claimed(database)
    with database.transaction() as session:
        finish(session, taken, report_of(4.0), image=None, now=utc_now())
    hold(database, world)
    with database.reading() as session:
        state = state_json(session, submission_id, Audience.STUDENT)
    assert (state["verdict"], state["score"]) == ("partial", 4.0)


# Overrides


def put(database: Database, world: World, points: float = 8.0, **given: object) -> None:
    """Set ada's points."""
    values = {"points": points, "reason": "half right", "set_by": world.people["tina"], **given}
    with database.transaction() as session:
        overrides.set_points(session, world.item_id, world.people["ada"], **values)  # type: ignore[arg-type]


def score_of(database: Database, world: World) -> float | None:
    with database.reading() as session:
        return grades_of_person(session, world.assignment_id, world.people["ada"])[world.item_id].score


def test_points_set_by_hand_count_until_they_are_taken_back(database: Database, world: World) -> None:
    graded(database, world, score=4.0)
    put(database, world, 8.0)
    assert score_of(database, world) == 8.0
    put(database, world, 9.5, reason="read again")
    assert score_of(database, world) == 9.5
    with database.transaction() as session:
        [live] = overrides.live_overrides(session, world.assignment_id)
        for _ in range(2):
            overrides.revoke(session, world.course_id, live.override.id, revoked_by=world.people["tina"])
    assert score_of(database, world) == 4.0
    found = [act for act, _ in acts(database) if act.startswith("override.")]
    assert found == ["override.set", "override.set", "override.revoked"]


def test_points_may_be_set_where_nothing_was_handed_in(database: Database, world: World) -> None:
    put(database, world, 3.0)
    assert score_of(database, world) == 3.0


@pytest.mark.parametrize("points", [math.nan, math.inf, -1.0, -0.001, 10.001, 1e300])
def test_points_beyond_the_question_are_refused(database: Database, world: World, points: float) -> None:
    with pytest.raises(Faulty) as caught:
        put(database, world, points)
    assert set(caught.value.errors) == {"points"}
    assert score_of(database, world) is None


def test_an_override_needs_a_reason_and_a_student(database: Database, world: World) -> None:
    with pytest.raises(Faulty) as caught:
        put(database, world, reason=" \r\n\0")
    assert set(caught.value.errors) == {"reason"}
    with database.transaction() as session, pytest.raises(Faulty) as other:
        overrides.set_points(
            session, world.item_id, world.people["eve"], points=1, reason="x", set_by=world.people["tina"]
        )
    assert set(other.value.errors) == {"people"}


def test_the_same_override_twice_is_one(database: Database, world: World) -> None:
    put(database, world)
    put(database, world)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Override)) == 1


def test_two_who_override_at_once_leave_one_in_force(database: Database, world: World) -> None:
    at_once([partial(put, database, world, points) for points in (1.0, 2.0, 3.0)])
    with database.reading() as session:
        live = overrides.live_overrides(session, world.assignment_id)
    assert len(live) == 1


def test_a_grade_that_moved_since_the_preview_is_not_overridden_unseen(database: Database, world: World) -> None:
    graded(database, world, score=4.0)
    with database.reading() as session:
        item = session.get_one(AssignmentItem, world.item_id)
        seen = overrides.preview(session, item, world.people["ada"], 8.0)
    assert (seen.before.score, seen.points) == (4.0, 8.0)
    graded(database, world, score=6.0)
    with pytest.raises(Changed):
        put(database, world, 8.0, seen=seen.digest)
    assert score_of(database, world) == 6.0


def test_an_override_of_another_course_cannot_be_taken_back(database: Database, world: World) -> None:
    put(database, world)
    with database.transaction() as session:
        other = another_course(session, "other")
        [live] = overrides.live_overrides(session, world.assignment_id)
        with pytest.raises(Refused, match="no such override"):
            overrides.revoke(session, other, live.override.id, revoked_by=world.people["tina"])
    assert score_of(database, world) == 8.0


# Requests


def ask(database: Database, world: World, submission_id: int, login: str = "ada", **given: object) -> int:
    values = {"text": "my answer is right", "case_name": None, "now": utc_now(), **given}
    with database.transaction() as session:
        return regrade_requests.ask(
            session,
            submission_id,
            person_id=world.people[login],
            **values,  # type: ignore[arg-type]
        ).id


def answer(database: Database, world: World, request_id: int, **given: object) -> None:
    values = {"text": "No.", "granted": False, "course_id": world.course_id, **given}
    with database.transaction() as session:
        regrade_requests.answer(
            session,
            request_id,
            answered_by=world.people["tina"],
            now=utc_now(),
            **values,  # type: ignore[arg-type]
        )


def test_a_student_asks_and_the_team_answers(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    request_id = ask(database, world, submission_id, case_name="large")
    with database.reading() as session:
        assert regrade_requests.open_count(session, world.course_id) == 1
        page = regrade_requests.listed(session, world.course_id, state=RequestState.OPEN, page=7)
        assert [(line.request.id, line.person.login, line.request.case_name) for line in page.lines] == [
            (request_id, "ada", "large")
        ]
    answer(database, world, request_id, text="You are right.", granted=True)
    with database.reading() as session:
        [found] = regrade_requests.requests_about(session, submission_id)
        assert (found.state, found.answer) == (RequestState.GRANTED, "You are right.")
        assert regrade_requests.open_count(session, world.course_id) == 0
    assert [act for act, _ in acts(database) if act.startswith("request.")] == ["request.made", "request.granted"]


def test_one_request_at_a_time_for_each_attempt_and_three_in_all(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    for _ in range(regrade_requests.MAX_EACH):
        request_id = ask(database, world, submission_id)
        with pytest.raises(Refused, match="already"):
            ask(database, world, submission_id)
        answer(database, world, request_id)
    with pytest.raises(Refused, match="3 times"):
        ask(database, world, submission_id)


def test_a_student_with_many_open_requests_waits(database: Database, world: World) -> None:
    submissions = [graded(database, world, score=float(n)) for n in range(regrade_requests.MAX_OPEN + 1)]
    *first, last = submissions
    ids = [ask(database, world, one) for one in first]
    with pytest.raises(Refused, match="open requests"):
        ask(database, world, last)
    with database.transaction() as session:
        regrade_requests.withdraw(session, ids[0], person_id=world.people["ada"], now=utc_now())
    assert ask(database, world, last)


def test_asking_twice_at_the_same_moment_makes_one_request(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    at_once([partial(ask, database, world, submission_id) for _ in range(3)])
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RegradeRequest)) == 1


def test_requests_about_what_is_not_ones_own_or_not_graded_or_held_are_refused(
    database: Database, world: World
) -> None:
    submission_id = graded(database, world, score=4.0)
    with pytest.raises(Refused, match="of yours"):
        ask(database, world, submission_id, "bob")
    with pytest.raises(Faulty, match="no such case"):
        ask(database, world, submission_id, case_name="nope")
    with pytest.raises(Faulty, match="Say what"):
        ask(database, world, submission_id, text=" \0 ")
    hold(database, world)
    with pytest.raises(Refused, match="held back"):
        ask(database, world, submission_id)
    with database.transaction() as session:
        waiting = hand(session, world, "bob").submission_id
    with pytest.raises(Refused, match="Wait for the result"):
        ask(database, world, waiting, "bob")


def test_a_request_is_answered_once_and_in_its_own_course_only(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    request_id = ask(database, world, submission_id)
    with database.transaction() as session:
        other = another_course(session, "other")
    with pytest.raises(Refused, match="no such request"):
        answer(database, world, request_id, course_id=other)
    with database.transaction() as session, pytest.raises(Refused, match="of yours"):
        regrade_requests.withdraw(session, request_id, person_id=world.people["bob"], now=utc_now())
    answer(database, world, request_id)
    with pytest.raises(Refused, match="answered by somebody"):
        answer(database, world, request_id, granted=True)
    with database.transaction() as session, pytest.raises(Refused, match="answered meanwhile"):
        regrade_requests.withdraw(session, request_id, person_id=world.people["ada"], now=utc_now())


# Appeals


def open_for(database: Database, world: World, submission_id: int) -> None:
    with database.transaction() as session:
        appeals.open_inputs(session, submission_id, reason="appeal", opened_by=world.people["tina"], now=utc_now())


def sees_secret(database: Database, submission_id: int) -> bool:
    """Whether its student sees what the hidden case held, and the seed."""
    with database.reading() as session:
        report = shown_report(run_of(session, submission_id), Audience.STUDENT)
    assert report is not None
    has_inputs = any(case.details.counterexample == "secret = 42" for case in report.cases)
    assert has_inputs == (report.provenance.seed is not None)
    return has_inputs


def test_an_appeal_opens_one_result_to_its_student_until_it_is_closed(database: Database, world: World) -> None:
    first, second, of_bob = (
        graded(database, world, score=4.0),
        graded(database, world, score=5.0),
        graded(database, world, "bob", 4.0),
    )
    close(database, world)
    assert not sees_secret(database, first)
    open_for(database, world, first)
    assert [sees_secret(database, one) for one in (first, second, of_bob)] == [True, False, False]
    hold(database, world, "ada")
    with database.reading() as session:
        held = shown_report(run_of(session, first), Audience.STUDENT)
        assert held is not None
        assert [case.name for case in held.cases] == ["small"]
    hold(database, world, "ada", held=False)
    assert sees_secret(database, first)
    with database.transaction() as session:
        for _ in range(2):
            appeals.close_inputs(session, first, closed_by=world.people["tina"], now=utc_now())
    assert not sees_secret(database, first)
    open_for(database, world, first)
    assert sees_secret(database, first)
    assert [act for act, _ in acts(database) if act.startswith("appeal.")] == [
        "appeal.opened",
        "appeal.closed",
        "appeal.opened",
    ]


def test_an_appeal_opens_no_later_grading(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    close(database, world)
    open_for(database, world, submission_id)
    with database.transaction() as session:
        old = run_of(session, submission_id)
        old.is_live = False
        session.flush()
        enqueue(session, session.get_one(Submission, submission_id), lane=Lane.NORMAL, now=utc_now())
    taken = claimed(database)
    with database.transaction() as session:
        finish(session, taken, report_of(5.0), image=None, now=utc_now())
    assert not sees_secret(database, submission_id)


def test_nothing_is_opened_while_the_student_can_still_hand_in_or_waits_for_grades(
    database: Database, world: World
) -> None:
    submission_id = graded(database, world, score=4.0)
    with pytest.raises(Refused, match="not closed for this student"):
        open_for(database, world, submission_id)
    close(database, world)
    hold(database, world)
    with pytest.raises(Refused, match="held back"):
        open_for(database, world, submission_id)
    hold(database, world, held=False)
    with database.transaction() as session, pytest.raises(Faulty, match="Say why"):
        appeals.open_inputs(session, submission_id, reason=" ", opened_by=world.people["tina"], now=utc_now())
    open_for(database, world, submission_id)
    assert sees_secret(database, submission_id)


def test_who_can_still_hand_in_is_counted_before_something_is_opened(database: Database, world: World) -> None:
    with database.transaction() as session:
        item = session.get_one(AssignmentItem, world.item_id)
        assert appeals.still_open_for(session, item, utc_now()) == 2
        enrol(session, world.course_id, person(session, "carl").id, CourseRole.STUDENT)
        session.flush()
        assert appeals.still_open_for(session, item, utc_now()) == 3
    close(database, world)
    with database.reading() as session:
        assert appeals.still_open_for(session, session.get_one(AssignmentItem, world.item_id), utc_now()) == 0
