"""Standings are a copy: whatever happens, refreshed they say what the grades say that are derived from the rows."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from sqlalchemy import Select, event, select

from grader.clock import utc_now
from grader.services.courses.assignment_items import ItemLine, edit_items, items_digest
from grader.services.courses.assignments import details_digest, details_of, edit
from grader.services.courses.extensions import grant, live_extensions, revoke
from grader.services.courses.section_windows import SectionTimes, edit_windows, windows_digest, windows_of_sections
from grader.services.dashboards.scores import cells_of
from grader.services.edits import Faulty
from grader.services.grades import standings
from grader.services.grades.grades import NONE, grades_of_assignment
from grader.services.grades.standings import refresh, stale_among, step, touch, touch_assignment
from grader.services.grading.runs import MAX_LOST_TRIES, claim, fail, finish, put_back, rerun, sweep
from grader.services.handing_in.submit import hand_in
from grader.services.handing_in.written import hand_in_answer
from grader.services.marking.marking import mark
from grader.services.people.members import change
from grader.services.questions.publish import publish, unpublish
from grader.services.refusals import Refused
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, GradingRun, Override, Standing, Submission
from grader.store.words import Counting, CourseRole, Device, Lane, LateKind, Purpose, RunState
from tests.services.handing import at_once, graded, handed, report_of
from tests.world import HOUR, NEG_LOG_LIKELIHOOD, TENSOR_ADD, World, bank_question, make_world

TEXT = "infr10086/tutorial3/forgetting_zero_grad"
STUDENTS = ("ada", "bob")
# SQLite lets one write at a time.
ON_POSTGRES = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


class Life:
    """Things that happen to a course, each as the site or a worker makes it happen."""

    def __init__(self, database: Database, world: World, seed: int) -> None:
        self.database, self.world, self.draw = database, world, random.Random(seed)
        self.now = utc_now()

    def step(self) -> str:
        acts: list[tuple[int, Callable[[], None]]] = [
            (6, self.hand_in_program),
            (2, self.hand_in_text),
            (8, self.grade),
            (2, self.fault),
            (1, self.lose_worker),
            (2, self.run_again),
            (3, self.mark_answer),
            (1, self.edit_assignment),
            (1, self.edit_items),
            (1, self.edit_section_times),
            (2, self.extend),
            (1, self.revoke_extension),
            (1, self.move_to_section),
            (1, self.publish_other),
            (2, self.override),
        ]
        act = self.draw.choices([act for _, act in acts], [weight for weight, _ in acts])[0]
        self.now += dt.timedelta(minutes=self.draw.randint(1, 400))
        try:
            act()
        except (Refused, Faulty) as refusal:
            return f"{act.__name__}: {refusal}"
        return act.__name__

    def hand_in_program(self) -> None:
        with self.database.transaction() as session:
            hand_in(
                session,
                person_id=self._student(),
                item_id=self.draw.choice([self.world.item_ids[name] for name in (TENSOR_ADD, NEG_LOG_LIKELIHOOD)]),
                source=f"x = {self.draw.random()}".encode(),
                purpose=self.draw.choice([Purpose.SUBMIT, Purpose.SUBMIT, Purpose.PRECHECK]),
                now=self.now,
            )

    def hand_in_text(self) -> None:
        with self.database.transaction() as session:
            answer = {"text": f"because {self.draw.random()}"}
            hand_in_answer(
                session, person_id=self._student(), item_id=self.world.item_ids[TEXT], answer=answer, now=self.now
            )

    def grade(self) -> None:
        with self.database.transaction() as session:
            taken = claim(session, Device.CPU, "w", self.now)
            if taken is None:
                return
            if self.draw.random() < 0.2:
                assert put_back(session, taken, "told to stop", now=self.now)
                return
            score = self.draw.choice([0.0, 1.0, 2.5, 5.0, 9.9, 10.0])
            mistake = None if score == 10.0 else self.draw.choice(["a" * 32, "b" * 32])
            assert finish(session, taken, report_of(score, mistake=mistake), image=None, now=self.now)

    def fault(self) -> None:
        with self.database.transaction() as session:
            taken = claim(session, Device.CPU, "w", self.now)
            if taken is not None:
                assert fail(session, taken, "the judge died", retry=self.draw.random() < 0.5, now=self.now)

    def lose_worker(self) -> None:
        for _ in range(MAX_LOST_TRIES):
            with self.database.transaction() as session:
                claim(session, Device.CPU, "w", self.now)
            self.now += dt.timedelta(minutes=1)
            with self.database.transaction() as session:
                sweep(session, self.now)

    def run_again(self) -> None:
        with self.database.transaction() as session:
            failed = session.scalars(
                select(GradingRun.submission_id).where(GradingRun.state == RunState.FAILED, GradingRun.is_live)
            ).first()
            if failed is not None:
                rerun(session, failed, lane=Lane.REGRADE, now=self.now)

    def mark_answer(self) -> None:
        with self.database.transaction() as session:
            item_id = self.world.item_ids[TEXT]
            answers = session.scalars(select(Submission.id).where(Submission.item_id == item_id)).all()
            if answers:
                points, marker = self.draw.choice([0.0, 0.5, 1.0]), self.world.people["tina"]
                chosen = self.draw.choice(answers)
                mark(session, chosen, marker_id=marker, points=points, comment="", now=self.now)

    def edit_assignment(self) -> None:
        with self.database.transaction() as session:
            assignment = session.get_one(Assignment, self.world.assignment_id)
            details = details_of(assignment)
            values = {name: getattr(details, name) for name in type(details).__dataclass_fields__} | {
                "late_kind": self.draw.choice([LateKind.FLAT, LateKind.PER_DAY]),
                "late_share": self.draw.choice([0.1, 0.5]),
                "counting": self.draw.choice(list(Counting)),
            }
            digest = details_digest(assignment)
            edit(session, assignment.id, type(details)(**values), digest=digest, actor_id=self.world.people["sam"])

    def edit_items(self) -> None:
        with self.database.transaction() as session:
            items = session.get_one(Assignment, self.world.assignment_id).items
            lines = [ItemLine(item.id, self.draw.choice([None, 3.0, 7.0]), None) for item in items]
            digest = items_digest(items)
            edit_items(session, self.world.assignment_id, lines, digest=digest, actor_id=self.world.people["sam"])

    def edit_section_times(self) -> None:
        with self.database.transaction() as session:
            digest = windows_digest(windows_of_sections(session, self.world.assignment_id))
            due_at = self.draw.choice([None, self.now - HOUR, self.now + HOUR])
            line = SectionTimes(self.world.section_id, None, due_at, None)
            edit_windows(session, self.world.assignment_id, [line], digest=digest, actor_id=self.world.people["sam"])

    def extend(self) -> None:
        with self.database.transaction() as session:
            due_at = session.get_one(Assignment, self.world.assignment_id).due_at
            assert due_at is not None
            people = self.draw.choice([["ada"], ["bob"], ["ada", "bob"]])
            grant(
                session,
                self.world.assignment_id,
                [self.world.people[login] for login in people],
                reason="ill",
                granted_by=self.world.people["sam"],
                due_at=due_at + self.draw.randint(1, 90) * HOUR,
            )

    def revoke_extension(self) -> None:
        with self.database.transaction() as session:
            live = live_extensions(session, self.world.course_id)
            if live:
                revoke(session, self.world.course_id, live[0][0].id, revoked_by=self.world.people["sam"])

    def move_to_section(self) -> None:
        with self.database.transaction() as session:
            change(
                session,
                self.world.course_id,
                self._student(),
                role=CourseRole.STUDENT,
                section_id=self.draw.choice([None, self.world.section_id]),
                actor_id=self.world.people["sam"],
            )

    def publish_other(self) -> None:
        with self.database.transaction() as session:
            if self.draw.random() < 0.5:
                unpublish(session, TENSOR_ADD)
            publish(session, bank_question(TENSOR_ADD))

    def override(self) -> None:
        with self.database.transaction() as session:
            item_id, who = self.draw.choice(list(self.world.item_ids.values())), self._student()
            live = session.scalars(
                select(Override).where(
                    Override.item_id == item_id, Override.person_id == who, Override.revoked_at.is_(None)
                )
            ).one_or_none()
            if live is not None:
                live.revoked_at = self.now
            else:
                session.add(
                    Override(
                        item_id=item_id,
                        person_id=who,
                        points=self.draw.choice([0.0, 4.0]),
                        reason="agreed in the tutorial",
                        set_by=self.world.people["tina"],
                        created_at=self.now,
                    )
                )
            session.flush()
            touch(session, item_id, who)

    def _student(self) -> int:
        return self.world.people[self.draw.choice(STUDENTS)]


def assert_equal_to_the_rows(database: Database, world: World, after: object = None) -> None:
    """After a refresh."""
    with database.transaction() as session:
        refresh(session, world.assignment_id)
    with database.reading() as session:
        assert stale_among(session, [world.assignment_id]) == {}
        derived = grades_of_assignment(session, world.assignment_id)
        assert cells_of(session, list(world.item_ids.values())) == derived, after
        for row in session.scalars(select(Standing).where(Standing.state != NONE)):
            assert_way(list(session.scalars(_attempts_of(row))), row)


def _attempts_of(row: Standing) -> Select[Submission]:
    return (
        select(Submission)
        .where(
            Submission.item_id == row.item_id,
            Submission.person_id == row.person_id,
            Submission.purpose == Purpose.SUBMIT,
        )
        .order_by(Submission.submitted_at, Submission.id)
    )


def assert_way(attempts: list[Submission], row: Standing) -> None:
    """The figures about how somebody came to the grade, worked out once more, and differently."""
    shares = []
    for attempt in attempts:
        live = [run for run in attempt.runs if run.is_live]
        if live and live[0].score is not None and live[0].max_score:
            shares.append(live[0].score / live[0].max_score)
        elif attempt.answer is not None and attempt.answer.points is not None:
            shares.append(attempt.answer.points / attempt.version.max_score)
    assert row.attempts == len(attempts)
    assert row.attempts_used == sum(attempt.given_back_at is None for attempt in attempts)
    if attempts:
        assert (row.last_submission_id, row.last_submitted_at) == (attempts[-1].id, attempts[-1].submitted_at)
        live = [run for run in attempts[-1].runs if run.is_live]
        assert row.last_mistake == (live[0].mistake if live else None)
    if not shares or not row.max_score:
        assert row.best_share is row.first_share is row.solved_on_attempt is None
        return
    assert row.first_share == pytest.approx(shares[0])
    assert row.last_share == pytest.approx(shares[-1])
    assert row.best_share == pytest.approx(max(shares))
    assert row.solved_on_attempt == (shares.index(1.0) + 1 if 1.0 in shares else None)
    assert row.attempts_since_better == len(shares) - 1 - shares.index(max(shares))
    steps = [later - earlier for earlier, later in pairwise(shares)]
    assert row.largest_step == pytest.approx(max([0.0, *steps]))


@pytest.mark.parametrize("seed", range(3))
def test_refreshed_standings_are_what_the_rows_say_whatever_happened(database: Database, seed: int) -> None:
    with database.transaction() as session:
        world = make_world(
            session,
            (TENSOR_ADD, NEG_LOG_LIKELIHOOD, TEXT),
            due_at=utc_now() + 20 * HOUR,
            closes_at=None,
            late_kind=LateKind.PER_DAY,
            late_share=0.1,
        )
    life = Life(database, world, seed)
    said = []
    for number in range(60):
        said.append(life.step())
        if number % 4 == 0:
            assert_equal_to_the_rows(database, world, said)
    assert_equal_to_the_rows(database, world, said)


def made(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


@ON_POSTGRES
def test_a_change_that_comes_while_standings_are_derived_leaves_them_stale(database: Database) -> None:
    world = made(database)
    graded(database, world, score=4.0)
    is_first = True

    def hand_in_meanwhile(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal is_first
        if is_first and "jsonb_to_recordset" in statement:
            is_first = False
            graded(database, world, score=9.0)

    event.listen(database.engine, "before_cursor_execute", hand_in_meanwhile)
    with database.transaction() as session:
        assert refresh(session, world.assignment_id) == 1
    assert not is_first
    with database.reading() as session:
        assert stale_among(session, [world.assignment_id]) == {world.assignment_id: 1}
    assert_equal_to_the_rows(database, world)
    with database.reading() as session:
        assert session.get_one(Standing, (world.item_id, world.people["ada"])).score == 9.0


@ON_POSTGRES
def test_whoever_derived_something_older_does_not_write_over_what_is_newer(database: Database) -> None:
    world = made(database)
    graded(database, world, score=4.0)
    is_first = True

    def overtake(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal is_first
        if is_first and "jsonb_to_recordset" in statement:
            is_first = False
            graded(database, world, score=9.0)
            with database.transaction() as other:
                refresh(other, world.assignment_id)

    event.listen(database.engine, "before_cursor_execute", overtake)
    with database.transaction() as session:
        refresh(session, world.assignment_id)
    with database.reading() as session:
        assert stale_among(session, [world.assignment_id]) == {}
        assert session.get_one(Standing, (world.item_id, world.people["ada"])).score == 9.0


def test_everybody_may_hand_in_touch_and_refresh_at_once(database: Database) -> None:
    world = made(database)

    def hand(login: str, number: int) -> None:
        handed(database, world, login, f"x = {number}".encode())

    def everything() -> None:
        with database.transaction() as session:
            touch_assignment(session, world.assignment_id)

    def derive() -> None:
        with database.transaction() as session:
            refresh(session, world.assignment_id)

    acts: list[Callable[[], None]] = [lambda n=n: hand(STUDENTS[n % 2], n) for n in range(6)]  # type: ignore[misc]
    acts += [everything, everything, derive, derive]
    random.Random(4).shuffle(acts)
    outcomes = at_once(acts)
    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert_equal_to_the_rows(database, world)


@ON_POSTGRES
def test_students_of_one_question_do_not_wait_for_each_other(database: Database) -> None:
    world = made(database)
    with database.transaction() as one:
        touch(one, world.item_id, world.people["ada"])
        with database.transaction() as other:
            other.connection().exec_driver_sql("SET LOCAL lock_timeout = '2s'")
            touch(other, world.item_id, world.people["bob"])
    with database.reading() as session:
        assert len(session.scalars(select(Standing)).all()) == 2


def test_a_change_that_is_taken_back_leaves_nothing_to_derive(database: Database) -> None:
    world = made(database)

    def touch_and_fail() -> None:
        with database.transaction() as session:
            touch(session, world.item_id, world.people["ada"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        touch_and_fail()
    with database.reading() as session:
        assert session.scalars(select(Standing)).all() == []


def test_a_precheck_changes_no_standing(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        hand_in(
            session,
            person_id=world.people["ada"],
            item_id=world.item_id,
            source=b"x = 1",
            purpose=Purpose.PRECHECK,
        )
        taken = claim(session, Device.CPU, "w", utc_now())
        assert taken is not None
        finish(session, taken, report_of(), image=None, now=utc_now())
    with database.reading() as session:
        assert session.scalars(select(Standing)).all() == []


def test_only_what_is_stale_is_derived(database: Database) -> None:
    world = made(database)
    graded(database, world, "ada")
    graded(database, world, "bob")
    with database.transaction() as session:
        assert refresh(session, world.assignment_id) == 2
        assert refresh(session, world.assignment_id) == 0
    handed(database, world, "bob", b"x = 2")
    with database.transaction() as session:
        assert refresh(session, world.assignment_id) == 1
        item = session.get_one(AssignmentItem, world.item_id)
        touch_assignment(session, item.assignment_id, [world.people["ada"]])
        assert refresh(session, world.assignment_id) == 1


def test_some_of_what_is_stale_may_be_derived_and_the_rest_stays_stale(database: Database) -> None:
    world = made(database)
    graded(database, world, "ada")
    graded(database, world, "bob")
    with database.transaction() as session:
        assert refresh(session, world.assignment_id, at_most=1) == 1
    with database.reading() as session:
        assert stale_among(session, [world.assignment_id]) == {world.assignment_id: 1}
    assert_equal_to_the_rows(database, world)


def test_a_worker_derives_only_what_a_page_would_not_wait_for(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = made(database)
    graded(database, world, "ada")
    monkeypatch.setattr(standings, "FEW", 1)
    with database.transaction() as session:
        assert not step(session)
    graded(database, world, "bob")
    with database.transaction() as session:
        assert step(session)
    with database.transaction() as session:
        assert not step(session)
    with database.reading() as session:
        assert stale_among(session, [world.assignment_id]) == {world.assignment_id: 1}
    assert_equal_to_the_rows(database, world)


@ON_POSTGRES
def test_two_workers_do_not_derive_the_same(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    world = made(database)
    graded(database, world, "ada")
    graded(database, world, "bob")
    monkeypatch.setattr(standings, "FEW", 1)
    with database.transaction() as first:
        assert step(first)
        with database.transaction() as second:
            assert not step(second)
