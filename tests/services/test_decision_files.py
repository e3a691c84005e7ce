"""Overrides and extensions as CSV: dry run, exactly that plan, and a round trip that loses nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from grader.services.courses import extensions, extensions_file
from grader.services.csv_plan import Plan
from grader.services.csv_sheet import cell_in, cell_out
from grader.services.grades import overrides, overrides_file
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import Assignment
from tests.world import World, make_world

ODD_REASONS = ["=1+1", "'=1+1", "''-x", "two\nlines", 'say "yes", please', "+44", "@home", "'quoted'", "ünï"]


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session, opens_at=None, due_at=None, closes_at=None)


def override_plan(database: Database, world: World, text: str) -> Plan[overrides_file.Entry]:
    with database.reading() as session:
        return overrides_file.plan(session, world.assignment_id, text)


def apply_overrides(database: Database, world: World, plan: Plan[overrides_file.Entry]) -> int:
    with database.transaction() as session:
        return overrides_file.apply(session, world.assignment_id, plan.text, plan.digest, actor_id=world.people["tina"])


def in_force(database: Database, world: World) -> set[tuple[str, str, float, str]]:
    with database.reading() as session:
        return {
            (live.person.login, live.item.slug, live.override.points, live.override.reason)
            for live in overrides.live_overrides(session, world.assignment_id)
        }


@pytest.mark.parametrize("text", [*ODD_REASONS, "", "'", "plain", "''=", "'''=", "-"])
def test_a_cell_comes_back_as_it_went_out(text: str) -> None:
    written = cell_out(text)
    shown = f"'{written}" if written.startswith(("=", "+", "-", "@")) else written  # what csv_text adds
    assert cell_in(shown) == text


def test_a_file_of_overrides_is_planned_then_applied(database: Database, world: World) -> None:
    text = 'login,question,points,reason\nada,tensor_add,8,half right\nBOB,neg_log_likelihood,"2,5",kind\n'
    plan = override_plan(database, world, text)
    assert plan.problems == ()
    assert [(entry.login, entry.points, entry.before) for entry in plan.entries] == [
        ("ada", 8.0, None),
        ("bob", 2.5, None),
    ]
    assert in_force(database, world) == set()
    assert apply_overrides(database, world, plan) == 2
    assert in_force(database, world) == {
        ("ada", "tensor_add", 8.0, "half right"),
        ("bob", "neg_log_likelihood", 2.5, "kind"),
    }


def test_every_line_that_cannot_be_taken_is_named_and_then_nothing_is(database: Database, world: World) -> None:
    lines = [
        "points;login;reason;question;colour",
        "8;ada;fine;tensor_add;red",
        "8;eve;a stranger;tensor_add;",
        "8;tina;a TA;tensor_add;",
        "8;ada;fine;no_such;",
        "nan;bob;no number;tensor_add;",
        "-1;bob;negative;tensor_add;",
        "11;bob;too many;tensor_add;",
        "3;bob;;tensor_add;",
        "9;ada;twice;tensor_add;",
        "1;bob;fine;tensor_add;;;9",
    ]
    text = "\n".join(lines)
    plan = override_plan(database, world, text)
    assert [problem.line for problem in plan.problems] == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert plan.notes == ("Columns that are not used: colour.",)
    with pytest.raises(Refused, match="Put the lines right"):
        apply_overrides(database, world, plan)
    assert in_force(database, world) == set()


def test_grades_that_move_after_the_dry_run_stop_the_file(database: Database, world: World) -> None:
    plan = override_plan(database, world, "login,question,points,reason\nada,tensor_add,8,fine\n")
    with database.transaction() as session:
        overrides.set_points(
            session, world.item_id, world.people["ada"], points=1.0, reason="first", set_by=world.people["sam"]
        )
    with pytest.raises(Refused) as caught:
        apply_overrides(database, world, plan)
    assert caught.value.reason is Reason.CONFLICT
    assert in_force(database, world) == {("ada", "tensor_add", 1.0, "first")}


@pytest.mark.parametrize("reason", ODD_REASONS)
def test_overrides_come_back_from_their_own_export(database: Database, world: World, reason: str) -> None:
    third = 10 / 3
    with database.transaction() as session:
        overrides.set_points(
            session, world.item_id, world.people["ada"], points=third, reason=reason, set_by=world.people["sam"]
        )
        text = overrides_file.file_of(session, world.assignment_id)
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t")) for line in csv.reader(io.StringIO(text)) for cell in line
    )
    same = override_plan(database, world, text)
    assert (same.problems, same.changes) == ((), [])
    with database.transaction() as session:
        [live] = overrides.live_overrides(session, world.assignment_id)
        overrides.revoke(session, world.course_id, live.override.id, revoked_by=world.people["sam"])
    apply_overrides(database, world, override_plan(database, world, text))
    assert in_force(database, world) == {("ada", "tensor_add", third, reason)}


@pytest.mark.parametrize("text", ["", "\n", "login,points\nada,3\n", "login,login,question,points,reason\n", "a,b\n"])
def test_what_is_no_such_file_is_refused_as_a_whole(database: Database, world: World, text: str) -> None:
    with pytest.raises(Refused):
        override_plan(database, world, text)


# Extensions


def extension_plan(database: Database, world: World, text: str) -> Plan[extensions_file.Entry]:
    with database.reading() as session:
        return extensions_file.plan(session, world.course_id, text)


def apply_extensions(database: Database, world: World, plan: Plan[extensions_file.Entry]) -> int:
    with database.transaction() as session:
        return extensions_file.apply(session, world.course_id, plan.text, plan.digest, actor_id=world.people["sam"])


def granted(database: Database, world: World) -> set[tuple[object, ...]]:
    with database.reading() as session:
        return {
            (person.login, assignment.slug, row.due_at, row.closes_at, row.extra_attempts, row.reason)
            for row, assignment, person, _ in extensions.live_extensions(session, world.course_id)
        }


def test_a_file_of_extensions_has_times_of_the_courses_zone(database: Database, world: World) -> None:
    text = "login,assignment,due_at,closes_at,extra_attempts,reason\nada,t3,2030-07-01 16:00,2030-07-02T16:00,1,ill\n"
    plan = extension_plan(database, world, text)
    assert plan.problems == ()
    assert apply_extensions(database, world, plan) == 1
    summer = dt.datetime(2030, 7, 1, 15, tzinfo=dt.UTC)  # London is an hour ahead
    assert granted(database, world) == {("ada", "t3", summer, summer + dt.timedelta(days=1), 1, "ill")}


def test_a_time_that_happens_twice_is_asked_about_and_can_be_said(database: Database, world: World) -> None:
    head = "login,assignment,due_at,reason\n"
    [problem] = extension_plan(database, world, f"{head}ada,t3,2030-10-27 01:30,ill\n").problems
    assert "first or second" in problem.text
    first, second = (
        extension_plan(database, world, f"{head}ada,t3,2030-10-27 01:30 {word},ill\n").entries[0].due_at
        for word in ("first", "Second")
    )
    assert first is not None
    assert second is not None
    assert second - first == dt.timedelta(hours=1)


def test_every_line_of_extensions_that_cannot_be_taken_is_named(database: Database, world: World) -> None:
    lines = [
        "login,assignment,due_at,closes_at,extra_attempts,reason",
        "eve,t3,,,1,stranger",
        "ada,t9,,,1,no assignment",
        "ada,t3,tomorrow,,,no time",
        "ada,t3,2030-03-31 01:30,,,a time that does not exist",
        "ada,t3,,,-1,negative",
        "ada,t3,,,1.5,no whole number",
        "ada,t3,,,,gives nothing",
        "ada,t3,,,1,",
        "bob,t3,2030-03-02 10:00,2030-03-01 10:00,,closes first",
    ]
    text = "\n".join(lines)
    plan = extension_plan(database, world, text)
    assert [problem.line for problem in plan.problems] == list(range(2, 11))
    with pytest.raises(Refused, match="Put the lines right"):
        apply_extensions(database, world, plan)
    assert granted(database, world) == set()


def test_extensions_come_back_from_their_own_export(database: Database, world: World) -> None:
    times = (
        dt.datetime(2030, 10, 27, 0, 30, tzinfo=dt.UTC),  # the first 01:30 of that day in London
        dt.datetime(2030, 10, 27, 1, 30, tzinfo=dt.UTC),  # and the second
        dt.datetime(2030, 7, 1, 15, 0, 59, 123456, tzinfo=dt.UTC),
        None,
    )
    for number, reason in enumerate(ODD_REASONS):
        with database.transaction() as session:
            extensions.grant(
                session,
                world.assignment_id,
                [world.people["ada"]],
                reason=reason,
                granted_by=world.people["sam"],
                due_at=times[number % 4],
                extra_attempts=3,
            )
            text = extensions_file.file_of(session, world.course_id)
        before = granted(database, world)
        assert extension_plan(database, world, text).changes == []
        with database.transaction() as session:
            [(row, *_)] = extensions.live_extensions(session, world.course_id)
            extensions.revoke(session, world.course_id, row.id, revoked_by=world.people["sam"])
        assert apply_extensions(database, world, extension_plan(database, world, text)) == 1
        assert granted(database, world) == before


def test_an_extension_granted_after_the_dry_run_stops_the_file(database: Database, world: World) -> None:
    plan = extension_plan(database, world, "login,assignment,extra_attempts,reason\nada,t3,2,ill\n")
    with database.transaction() as session:
        assert session.get_one(Assignment, world.assignment_id).slug == "t3"
        extensions.grant(
            session,
            world.assignment_id,
            [world.people["ada"]],
            reason="other",
            granted_by=world.people["sam"],
            extra_attempts=1,
        )
    with pytest.raises(Refused) as caught:
        apply_extensions(database, world, plan)
    assert caught.value.reason is Reason.CONFLICT
