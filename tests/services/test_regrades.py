"""A regrade is graded in shadow, reviewed, and put in force or dropped; it can be killed between any two steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.edits import Changed, Faulty
from grader.services.grades.grades import grades_of_person
from grader.services.grading import runs
from grader.services.grading.runs import finish
from grader.services.questions.publish import publish
from grader.services.refusals import Refused
from grader.services.regrades import regrade_steps, regrades
from grader.services.regrades.regrade_review import Move, case_moves, cases_of, review
from grader.spec.version import version_of
from grader.store.audit import AuditEvent
from grader.store.database import Database
from grader.store.questions import Question, QuestionVersion
from grader.store.regrades import Regrade, RegradeRun
from grader.store.runs import GradingRun
from grader.store.standings import Standing
from grader.store.submissions import Allowance, Submission
from grader.store.words import CourseRole, Device, Lane, RegradeScope, RegradeState
from tests.services.handing import at_once, claimed, graded, handed, not_graded, report_of
from tests.world import TENSOR_ADD, World, bank_question, enrol, make_world, person

T = TypeVar("T")


@pytest.fixture
def world(database: Database) -> World:
    """The small course, with a second version of tensor_add that is not live."""
    with database.transaction() as session:
        made = make_world(session)
        second_version(session)
        return made


def second_version(session: Session) -> int:
    """Published, and the first one is live again: students go on with it."""
    question = bank_question(TENSOR_ADD)
    row = session.scalars(select(Question).where(Question.name == TENSOR_ADD)).one()
    first = row.live_version_id
    files = {**question.files, "statement.md": question.files["statement.md"] + b"\n"}
    made = publish(session, replace(question, files=files, version=version_of(files))).version_id
    row.live_version_id = first
    return made


def version_two(session: Session) -> QuestionVersion:
    """The other version."""
    return session.scalars(
        select(QuestionVersion).where(QuestionVersion.number == 2, QuestionVersion.question.has(name=TENSOR_ADD))
    ).one()


def begun(database: Database, world: World, scope: RegradeScope = RegradeScope.COUNTING) -> int:
    """A regrade by version 2."""
    with database.transaction() as session:
        return regrades.begin(
            session,
            world.course_id,
            world.item_id,
            version_two(session).id,
            scope,
            "Case large had a wrong expected value.",
            actor_id=world.people["sam"],
        ).id


def stepped(database: Database) -> None:
    """Sweep until there is nothing to do."""
    for _ in range(50):
        with database.transaction() as session:
            if not regrade_steps.step(session, utc_now()):
                return
    raise AssertionError("it never ends")


def shadow_graded(database: Database, *scores: float | None) -> None:
    """What waits is graded, in the order of the queue; None: the question's author is at fault."""
    stepped(database)
    for score in scores:
        taken = claimed(database)
        assert taken.lane is Lane.REGRADE
        report = not_graded("author") if score is None else report_of(score)
        with database.transaction() as session:
            assert finish(session, taken, report, image=None, now=utc_now())
    stepped(database)


def decided(
    database: Database, world: World, regrade_id: int, *, upwards: bool = False, make_live: bool = False
) -> None:
    """Staff say yes."""
    with database.transaction() as session:
        regrades.apply(
            session,
            world.course_id,
            regrade_id,
            upwards=upwards,
            make_live=make_live,
            digest=regrades.result_digest(session, regrade_id),
            actor_id=world.people["sam"],
        )


def grade(database: Database, world: World, login: str = "ada") -> float | None:
    """What counts for tensor_add."""
    with database.reading() as session:
        return grades_of_person(session, world.assignment_id, world.people[login])[world.item_id].score


def state_of(database: Database, regrade_id: int) -> RegradeState:
    """Where the regrade stands."""
    with database.reading() as session:
        return session.get_one(Regrade, regrade_id).state


def test_nothing_changes_until_it_is_applied_and_then_both_results_are_kept(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    regrade_id = begun(database, world)
    assert state_of(database, regrade_id) is RegradeState.GRADING
    shadow_graded(database, 10.0)
    assert state_of(database, regrade_id) is RegradeState.READY
    assert grade(database, world) == 4.0
    decided(database, world, regrade_id)
    stepped(database)
    assert state_of(database, regrade_id) is RegradeState.APPLIED
    assert grade(database, world) == 10.0
    with database.reading() as session:
        old, new = session.get_one(Submission, submission_id).runs
        assert (old.score, old.is_live, new.score, new.is_live) == (4.0, False, 10.0, True)
        assert old.seed == new.seed, "other inputs would make other differences"
        assert new.version_id == version_two(session).id
        acts = session.scalars(select(AuditEvent.act).where(AuditEvent.subject == f"regrade:{regrade_id}")).all()
        assert acts == ["regrade.begun", "regrade.decided", "regrade.applied"]


def test_upwards_only_lowers_nobody(database: Database, world: World) -> None:
    graded(database, world, "ada", 4.0)
    graded(database, world, "bob", 10.0)
    regrade_id = begun(database, world)
    shadow_graded(database, 6.0, 5.0)
    with database.reading() as session:
        found = review(session, session.get_one(Regrade, regrade_id))
    assert {row.login: row.move for row in found.rows} == {"ada": Move.UP, "bob": Move.DOWN}
    assert (found.before.mean, found.applied.mean, found.upwards.mean) == (7.0, 5.5, 8.0)
    assert (found.applied.up, found.applied.down, found.upwards.up, found.upwards.down) == (1, 1, 1, 0)
    decided(database, world, regrade_id, upwards=True)
    stepped(database)
    assert state_of(database, regrade_id) is RegradeState.APPLIED_UPWARDS
    assert (grade(database, world, "ada"), grade(database, world, "bob")) == (6.0, 10.0)


def test_the_review_says_the_same_before_and_after_it_is_applied(database: Database, world: World) -> None:
    graded(database, world, "ada", 4.0)
    graded(database, world, "bob", 10.0)
    regrade_id = begun(database, world)
    shadow_graded(database, 10.0, 5.0)
    with database.reading() as session:
        before = review(session, session.get_one(Regrade, regrade_id))
        moved = case_moves(session, before.rows)
        by_case = cases_of(session, before.rows)
    assert [(one.name, one.now_passes, one.now_fails) for one in moved] == [("large", 1, 1)]
    assert [by_case[row.submission_id] for row in before.rows] == [["+large"], ["-large"]]
    decided(database, world, regrade_id)
    stepped(database)
    with database.reading() as session:
        after = review(session, session.get_one(Regrade, regrade_id))
    assert [row.is_applied for row in after.rows] == [True, True]
    for row in after.rows:
        row.is_applied = False
    assert after == before


def test_dropped_changes_nothing_and_takes_what_waits_out_of_the_queue(database: Database, world: World) -> None:
    graded(database, world, "ada", 4.0)
    graded(database, world, "bob", 4.0)
    regrade_id = begun(database, world)
    stepped(database)
    taken = claimed(database)
    with database.transaction() as session:
        regrades.drop(session, world.course_id, regrade_id, actor_id=world.people["sam"])
    with database.transaction() as session:
        assert runs.claim(session, Device.CPU, "w", utc_now()) is None
        assert finish(session, taken, report_of(10.0), image=None, now=utc_now()), "the worker is not disturbed"
    stepped(database)
    assert state_of(database, regrade_id) is RegradeState.DROPPED
    assert (grade(database, world, "ada"), grade(database, world, "bob")) == (4.0, 4.0)


def test_deciding_twice_is_refused_and_stepping_again_changes_nothing(database: Database, world: World) -> None:
    graded(database, world, score=4.0)
    regrade_id = begun(database, world)
    with pytest.raises(Refused, match="still being graded"):
        decided(database, world, regrade_id)
    shadow_graded(database, 10.0)
    decided(database, world, regrade_id)
    with pytest.raises(Refused, match="already"):
        decided(database, world, regrade_id)
    stepped(database)
    before = everything(database)
    with pytest.raises(Refused, match="already"):
        decided(database, world, regrade_id)
    with pytest.raises(Refused, match="already"), database.transaction() as session:
        regrades.drop(session, world.course_id, regrade_id, actor_id=world.people["sam"])
    stepped(database)
    assert everything(database) == before


def everything(database: Database) -> list[object]:
    """All that a regrade writes."""
    with database.reading() as session:
        return [
            *session.execute(select(GradingRun.id, GradingRun.is_live, GradingRun.state).order_by(GradingRun.id)),
            *session.execute(select(RegradeRun.submission_id, RegradeRun.run_id, RegradeRun.applied_at)),
            *session.execute(select(AuditEvent.id, AuditEvent.act)),
            *session.execute(select(Standing.person_id, Standing.revision)),
        ]


def test_of_two_who_begin_at_once_one_is_refused(database: Database, world: World) -> None:
    graded(database, world)
    results = at_once([lambda: begun(database, world)] * 2)
    assert sum(isinstance(one, int) for one in results) == 1
    [refused] = [one for one in results if isinstance(one, Exception)]
    assert isinstance(refused, Refused)
    assert "not decided yet" in str(refused)


def test_of_two_who_decide_at_once_one_is_refused(database: Database, world: World) -> None:
    graded(database, world, score=4.0)
    regrade_id = begun(database, world)
    shadow_graded(database, 10.0)
    results = at_once([lambda: decided(database, world, regrade_id)] * 2)
    assert sum(isinstance(one, Refused) for one in results) == 1
    stepped(database)
    assert grade(database, world) == 10.0


def test_many_workers_may_step_at_once(database: Database, world: World) -> None:
    graded(database, world, "ada", 4.0)
    graded(database, world, "bob", 4.0)
    regrade_id = begun(database, world)
    assert at_once([lambda: stepped(database)] * 4) == []  # none raised
    with database.reading() as session:
        shadows = session.scalars(select(GradingRun).where(~GradingRun.is_live)).all()
        assert len(shadows) == 2
    shadow_graded(database, 9.0, 9.0)
    decided(database, world, regrade_id)
    assert at_once([lambda: stepped(database)] * 4) == []
    assert (grade(database, world, "ada"), grade(database, world, "bob")) == (9.0, 9.0)


def test_whoever_hands_in_meanwhile_goes_first_and_is_graded_by_the_live_version(
    database: Database, world: World
) -> None:
    graded(database, world, "ada", 4.0)
    regrade_id = begun(database, world)
    stepped(database)
    later = handed(database, world, "bob").submission_id
    taken = claimed(database)
    assert (taken.lane, taken.version_id) == (Lane.NORMAL, world.version_ids[TENSOR_ADD])
    with database.transaction() as session:
        assert finish(session, taken, report_of(3.0), image=None, now=utc_now())
    shadow_graded(database, 10.0)
    with database.reading() as session:
        since = regrades.takes(session, session.get_one(Regrade, regrade_id))
    assert list(since) == [later]
    with database.transaction() as session:
        assert regrades.join(session, world.course_id, regrade_id, actor_id=world.people["sam"]) == 1
    assert state_of(database, regrade_id) is RegradeState.GRADING
    shadow_graded(database, 8.0)
    decided(database, world, regrade_id)
    stepped(database)
    assert (grade(database, world, "ada"), grade(database, world, "bob")) == (10.0, 8.0)


def test_what_was_looked_at_before_others_joined_cannot_be_applied(database: Database, world: World) -> None:
    graded(database, world, "ada", 4.0)
    regrade_id = begun(database, world)
    shadow_graded(database, 10.0)
    with database.reading() as session:
        seen = regrades.result_digest(session, regrade_id)
    graded(database, world, "bob", 4.0)
    with database.transaction() as session:
        regrades.join(session, world.course_id, regrade_id, actor_id=world.people["sam"])
    shadow_graded(database, 10.0)
    with pytest.raises(Changed), database.transaction() as session:
        regrades.apply(
            session,
            world.course_id,
            regrade_id,
            upwards=False,
            make_live=False,
            digest=seen,
            actor_id=world.people["sam"],
        )


def test_a_result_that_came_meanwhile_is_not_written_over(database: Database, world: World) -> None:
    """It could not be graded, is in the regrade, and somebody has it graded again by hand."""
    submission_id = handed(database, world).submission_id
    taken = claimed(database)
    with database.transaction() as session:
        assert finish(session, taken, not_graded("author"), image=None, now=utc_now())
    graded(database, world, "bob", 4.0)
    regrade_id = begun(database, world)
    shadow_graded(database, 9.0, 9.0)
    with database.transaction() as session:
        runs.rerun(session, submission_id, lane=Lane.NORMAL, now=utc_now())
    taken = claimed(database)
    with database.transaction() as session:
        assert finish(session, taken, report_of(5.0), image=None, now=utc_now())
    decided(database, world, regrade_id)
    stepped(database)
    assert (grade(database, world, "ada"), grade(database, world, "bob")) == (5.0, 9.0)
    with database.reading() as session:
        found = review(session, session.get_one(Regrade, regrade_id))
    assert {row.login: (row.move, row.is_applied) for row in found.rows} == {
        "ada": (Move.REPLACED, False),
        "bob": (Move.UP, True),
    }


def test_what_the_version_cannot_grade_keeps_its_result_and_costs_no_attempt(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    regrade_id = begun(database, world)
    shadow_graded(database, None)
    assert state_of(database, regrade_id) is RegradeState.READY
    decided(database, world, regrade_id)
    stepped(database)
    assert grade(database, world) == 4.0
    with database.reading() as session:
        assert session.get_one(Submission, submission_id).given_back_at is None
        assert session.get_one(Allowance, (world.item_id, world.people["ada"])).used == 1


def test_only_the_attempt_that_counts_is_taken_unless_asked_otherwise(database: Database, world: World) -> None:
    for score in (6.0, 8.0, 2.0):
        graded(database, world, "ada", score)
    taken = {}
    for scope in RegradeScope:
        regrade_id = begun(database, world, scope)
        with database.transaction() as session:
            taken[scope] = [
                session.get_one(Submission, row.submission_id).attempt
                for row in session.scalars(select(RegradeRun).where(RegradeRun.regrade_id == regrade_id))
            ]
            regrades.drop(session, world.course_id, regrade_id, actor_id=world.people["sam"])
    assert taken == {RegradeScope.COUNTING: [2], RegradeScope.LATEST: [3], RegradeScope.ALL: [1, 2, 3]}


def test_the_review_knows_which_attempt_counts_then(database: Database, world: World) -> None:
    """The best attempt falls below another one, which is not in the regrade."""
    for score in (6.0, 8.0):
        graded(database, world, "ada", score)
    regrade_id = begun(database, world)
    shadow_graded(database, 1.0)
    with database.reading() as session:
        [row] = review(session, session.get_one(Regrade, regrade_id)).rows
    assert (row.before.points, row.after.points, row.grade_before, row.grade_after) == (8.0, 1.0, 8.0, 6.0)
    decided(database, world, regrade_id)
    stepped(database)
    assert grade(database, world) == 6.0


def test_the_version_may_become_the_live_one_when_it_is_applied(database: Database, world: World) -> None:
    graded(database, world, score=4.0)
    regrade_id = begun(database, world)
    shadow_graded(database, 10.0)
    decided(database, world, regrade_id, make_live=True)
    later = handed(database, world, "bob").submission_id
    with database.reading() as session:
        assert session.get_one(Submission, later).version.number == 2


def test_what_is_wrong_with_a_proposal_is_said_by_field(database: Database, world: World) -> None:
    graded(database, world)
    other = next(version for name, version in world.version_ids.items() if name != TENSOR_ADD)
    with pytest.raises(Faulty) as fault, database.transaction() as session:
        regrades.begin(session, world.course_id, world.item_id, other, RegradeScope.ALL, " ", actor_id=1)
    assert fault.value.errors.keys() == {"version", "reason"}
    first = world.version_ids[TENSOR_ADD]
    with pytest.raises(Refused, match="nothing to regrade"), database.transaction() as session:
        regrades.begin(session, world.course_id, world.item_id, first, RegradeScope.ALL, "why", actor_id=1)


class Killed(BaseException):
    """The end of a process."""


def test_killed_in_any_transaction_it_goes_on_to_the_same_end(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every step is broken off once just before it is committed, as a killed process or a lost database would."""
    monkeypatch.setattr(regrade_steps, "BATCH", 2)
    with database.transaction() as session:
        for number in range(5):
            login = f"s{number}"
            world.people[login] = person(session, login).id
            enrol(session, world.course_id, world.people[login], CourseRole.STUDENT)
    for number in range(5):
        graded(database, world, f"s{number}", 2.0 + number)
    killed = _Killer(database)
    regrade_id = killed.until_done(lambda: begun(database, world))
    killed.until_done(lambda: stepped(database))
    assert killed.times == 1 + 4  # the beginning; three batches of 2, 2 and 1, and one that finds nothing to do
    for score in (9.0, 1.0, 9.0, 1.0, 9.0):
        taken = claimed(database)
        with database.transaction() as session:
            finish(session, taken, report_of(score), image=None, now=utc_now())
    killed.until_done(lambda: stepped(database))
    killed.until_done(lambda: decided(database, world, regrade_id))
    killed.until_done(lambda: stepped(database))
    assert killed.times == 5 + 2 + 1 + 5  # ready; decided; three batches, the end, and nothing to do
    assert state_of(database, regrade_id) is RegradeState.APPLIED
    assert [grade(database, world, f"s{number}") for number in range(5)] == [9.0, 1.0, 9.0, 1.0, 9.0]
    with database.reading() as session:
        assert len(session.scalars(select(GradingRun).where(GradingRun.is_live)).all()) == 5
        assert len(session.scalars(select(GradingRun)).all()) == 10
        acts = session.scalars(select(AuditEvent.act).where(AuditEvent.subject == f"regrade:{regrade_id}")).all()
        assert sorted(acts) == ["regrade.applied", "regrade.begun", "regrade.decided"]


class _Killer:
    """Every commit comes to nothing once, and is let through when it is tried again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._spares = False
        self.times = 0

    def until_done(self, act: Callable[[], T]) -> T:
        """Do it again after each death."""
        event.listen(self._database.engine, "commit", self._commit)
        try:
            while True:
                try:
                    return act()
                except Killed:
                    self.times += 1
        finally:
            event.remove(self._database.engine, "commit", self._commit)

    def _commit(self, _connection: object) -> None:
        self._spares = not self._spares
        if self._spares:
            raise Killed
