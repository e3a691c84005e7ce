from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.edits import Faulty
from grader.services.grades.grades import grades_of_assignment
from grader.services.handing_in.written import hand_in_answer
from grader.services.marking import saved_comments
from grader.services.marking.disagreements import disagreements, strictness
from grader.services.marking.marking import (
    MarkedMeanwhile,
    mark,
    marks_of,
    settle,
    settle_by_mean,
    states_of_marks,
    ticked_that_count,
)
from grader.services.marking.marking_queue import Entry, Queue, Stand, marked_items, progress, queue
from grader.services.marking.marking_rules import set_marking_rules
from grader.services.refusals import Refused
from grader.store.database import Database
from grader.store.models import AssignmentItem, AuditEvent, Mark, Standing, Submission, WrittenAnswer
from grader.store.words import CourseRole
from tests.world import TENSOR_ADD, World, enrol, make_world, person

NUMERIC = "infr10086/tutorial3/what_are_the_parameters"
TEXT = "infr10086/tutorial3/forgetting_zero_grad"
WITH_REASON = "infr10086/tutorial3/is_it_stochastic"
RUBRIC = ("what is cleared", "the graph", "accumulation", "consequence")


@pytest.fixture
def world(database: Database) -> World:
    """With a second and a third marker, tom and uma, and students cora and dan."""
    with database.transaction() as session:
        made = make_world(session, (TENSOR_ADD, NUMERIC, TEXT, WITH_REASON))
        people = dict(made.people)
        for login, role in (
            *(("tom", CourseRole.TA), ("uma", CourseRole.TA)),
            *(("cora", CourseRole.STUDENT), ("dan", CourseRole.STUDENT)),
        ):
            people[login] = person(session, login).id
            enrol(session, made.course_id, people[login], role)
    made.people.update(people)
    return made


def answered(database: Database, world: World, login: str, text: str) -> int:
    with database.transaction() as session:
        item_id = world.item_ids[TEXT]
        return hand_in_answer(
            session, person_id=world.people[login], item_id=item_id, answer={"text": text}
        ).submission_id


def given(
    database: Database, world: World, login: str, id_: int, points: float, comment: str = "", *ticked: str
) -> None:
    with database.transaction() as session:
        marker_id = world.people[login]
        mark(session, id_, marker_id=marker_id, points=points, comment=comment, ticked=ticked, now=utc_now())


def ruled(database: Database, world: World, markers: int = 2, *, is_blind: bool = False) -> None:
    with database.transaction() as session:
        set_marking_rules(
            session,
            world.assignment_id,
            is_marked_blind=is_blind,
            markers_wanted=markers,
            actor_id=world.people["sam"],
        )


def counts(database: Database, id_: int) -> float | None:
    with database.reading() as session:
        return session.get_one(WrittenAnswer, id_).points


def queued(database: Database, world: World, login: str, *, with_all: bool = False) -> Queue:
    with database.reading() as session:
        item = session.get_one(AssignmentItem, world.item_ids[TEXT])
        return queue(session, item, world.people[login], with_all=with_all)


def stands(database: Database, world: World, login: str) -> list[Stand]:
    return [entry.stand for entry in queued(database, world, login).entries]


def test_with_one_of_two_marks_the_answer_counts_as_not_marked(database: Database, world: World) -> None:
    id_ = answered(database, world, "ada", "They pile up.")
    ruled(database, world)
    given(database, world, "tina", id_, 3.0, "Good.")
    assert counts(database, id_) is None
    with database.reading() as session:
        grade = grades_of_assignment(session, world.assignment_id)[world.people["ada"], world.item_ids[TEXT]]
        assert grade.state == "awaiting_marking"
    given(database, world, "tom", id_, 3.0, "Yes.")
    assert counts(database, id_) == 3.0
    with database.reading() as session:
        assert session.get_one(WrittenAnswer, id_).comment == "Good.\n\nYes."


def test_two_that_differ_count_only_once_they_are_settled(database: Database, world: World) -> None:
    id_ = answered(database, world, "ada", "They pile up.")
    ruled(database, world)
    given(database, world, "tina", id_, 3.0, "", *RUBRIC[:3])
    given(database, world, "tom", id_, 1.0, "", RUBRIC[2])
    assert counts(database, id_) is None
    assert stands(database, world, "uma") == [Stand.DIFFERS]
    with database.transaction() as session:
        settle(session, id_, actor_id=world.people["uma"], points=2.5, comment="Between.", now=utc_now())
    assert counts(database, id_) == 2.5
    with database.reading() as session:
        assert [(one.points, one.is_settled) for one in marks_of(session, session.get_one(Submission, id_))] == [
            (3.0, False),
            (1.0, False),
            (2.5, True),
        ], "what the two gave stays"
        acts = [event.act for event in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]
        assert acts[-3:] == ["answer.marked", "answer.marked", "answer.settled"]


def test_the_mean_settles_with_both_comments_and_what_both_ticked(database: Database, world: World) -> None:
    id_ = answered(database, world, "ada", "They pile up.")
    ruled(database, world)
    with database.transaction() as session, pytest.raises(Refused, match="nothing to settle"):
        settle_by_mean(session, id_, actor_id=world.people["tom"], now=utc_now())
    given(database, world, "tina", id_, 3.0, "One.", *RUBRIC[:3])
    given(database, world, "tom", id_, 2.0, "Two.", *RUBRIC[1:3])
    with database.transaction() as session:
        settle_by_mean(session, id_, actor_id=world.people["tom"], now=utc_now())
    assert counts(database, id_) == 2.5
    with database.reading() as session:
        assert session.get_one(WrittenAnswer, id_).comment == "One.\n\nTwo."
        marks = marks_of(session, session.get_one(Submission, id_))
        assert ticked_that_count(marks, 2) == list(RUBRIC[1:3])


def test_a_changed_mind_after_a_decision_leaves_the_decision(database: Database, world: World) -> None:
    id_ = answered(database, world, "ada", "They pile up.")
    ruled(database, world)
    given(database, world, "tina", id_, 3.0)
    given(database, world, "tom", id_, 1.0)
    for points in (2.0, 4.0):  # deciding twice replaces the first decision
        with database.transaction() as session:
            settle(session, id_, actor_id=world.people["tom"], points=points, comment="", now=utc_now())
    given(database, world, "tina", id_, 0.0)
    assert counts(database, id_) == 4.0


def test_a_third_mark_is_refused_and_says_so(database: Database, world: World) -> None:
    id_ = answered(database, world, "ada", "They pile up.")
    ruled(database, world)
    given(database, world, "tina", id_, 3.0)
    given(database, world, "tom", id_, 3.0)
    with pytest.raises(MarkedMeanwhile, match="not needed"):
        given(database, world, "uma", id_, 0.0)
    assert counts(database, id_) == 3.0


def test_asking_for_two_markers_later_makes_the_first_mark_one_of_two(database: Database, world: World) -> None:
    first, second = answered(database, world, "ada", "a"), answered(database, world, "bob", "b")
    given(database, world, "tina", first, 3.0)
    with database.transaction() as session:  # marked before marks were kept one by one
        old = session.get_one(WrittenAnswer, second)
        old.points, old.marked_by, old.marked_at, old.comment = 2.0, world.people["tina"], utc_now(), "Old."
    ruled(database, world, 2)
    assert (counts(database, first), counts(database, second)) == (None, None)
    given(database, world, "tom", second, 2.0)
    assert counts(database, second) == 2.0
    ruled(database, world, 1)
    assert (counts(database, first), counts(database, second)) == (3.0, 2.0)
    with database.reading() as session:
        assert session.get_one(WrittenAnswer, first).marked_by == world.people["tina"]


def test_of_one_marker_the_newest_mark_counts_and_nobody_replaces_what_they_did_not_see(
    database: Database, world: World
) -> None:
    id_ = answered(database, world, "ada", "They pile up.")
    with database.reading() as session:
        seen = states_of_marks(session, [id_], 1, world.people["tom"])[id_]
    given(database, world, "tina", id_, 3.0)
    with database.transaction() as session, pytest.raises(MarkedMeanwhile, match="since you opened it"):
        mark(session, id_, marker_id=world.people["tom"], points=1.0, comment="", seen=seen, now=utc_now())
    assert counts(database, id_) == 3.0
    given(database, world, "tom", id_, 1.0)
    assert counts(database, id_) == 1.0


def test_two_markers_do_not_disturb_each_other(database: Database, world: World) -> None:
    """Both opened the page before either saved: both marks are taken."""
    id_ = answered(database, world, "ada", "They pile up.")
    ruled(database, world)
    opened = {}
    for login in ("tina", "tom"):
        with database.reading() as session:
            opened[login] = states_of_marks(session, [id_], 2, world.people[login])[id_]

    def save(login: str) -> None:
        with database.transaction() as session:
            who = world.people[login]
            mark(session, id_, marker_id=who, points=2.0, comment=login, seen=opened[login], now=utc_now())

    threads = [threading.Thread(target=save, args=(login,)) for login in opened]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts(database, id_) == 2.0
    with database.reading() as session:
        assert len(session.scalars(select(Mark)).all()) == 2


def test_the_queue_has_the_last_answer_of_each_student_and_the_same_ones_together(
    database: Database, world: World
) -> None:
    answered(database, world, "ada", "First thought.")
    last = answered(database, world, "ada", "They pile up.")
    same = answered(database, world, "bob", "They pile up.")
    other = answered(database, world, "cora", "Something else.")
    answered(database, world, "tom", "A TA who tries it out.")
    (ada, cora) = sorted(queued(database, world, "tina").entries, key=lambda entry: entry.submission_ids)
    assert (ada.submission_ids, ada.names) == ((last, same), ("Ada", "Bob"))
    assert cora.submission_ids == (other,)
    everything = queued(database, world, "tina", with_all=True)
    assert sum(len(entry.submission_ids) for entry in everything.entries) == 5
    given(database, world, "tina", last, 2.0)
    assert sorted(entry.submission_ids for entry in queued(database, world, "tina").entries) == [
        (last,),
        (same,),
        (other,),
    ], "what is marked is not marked together with what is not"


def test_without_names_nothing_tells_who_or_when_and_each_marker_has_an_order_that_stays(
    database: Database, world: World
) -> None:
    ruled(database, world, 1, is_blind=True)
    ids = [answered(database, world, login, f"{n}") for n, login in enumerate(("ada", "bob", "cora", "dan"))]
    orders = {}
    for login in ("tina", "tom", "uma"):
        found = queued(database, world, login)
        assert all(entry.names == () for entry in found.entries)
        orders[login] = [entry.submission_ids[0] for entry in found.entries]
        assert sorted(orders[login]) == ids
        assert [entry.code for entry in found.entries] == sorted(entry.code for entry in found.entries)
    assert len({tuple(order) for order in orders.values()}) > 1
    given(database, world, "tina", orders["tina"][1], 1.0)
    assert [entry.submission_ids[0] for entry in queued(database, world, "tina").entries] == orders["tina"]


def test_markers_begin_apart_and_go_round(database: Database, world: World) -> None:
    for n, login in enumerate(("ada", "bob", "cora", "dan")):
        answered(database, world, login, f"{n}")
    begun = {}
    for login in ("tina", "tom", "uma"):
        entry = queued(database, world, login).next_to_mark()
        assert entry is not None
        begun[login] = entry.submission_ids
    assert len(set(begun.values())) == 3
    found = queued(database, world, "tina")
    assert found.next_to_mark(after=len(found.entries) - 1) == found.entries[0]


def test_progress_counts_students_by_me_by_others_and_what_differs(database: Database, world: World) -> None:
    ids = [answered(database, world, login, login) for login in ("ada", "bob", "cora", "dan")]
    ruled(database, world)
    for login, points in (("tina", 3.0), ("tom", 1.0)):
        given(database, world, login, ids[0], points)
        given(database, world, login, ids[1], 2.0)
    given(database, world, "uma", ids[2], 2.0)
    with database.reading() as session:
        items = marked_items(session, world.course_id)
        assert {item.id for item in items} == {world.item_ids[TEXT], world.item_ids[WITH_REASON]}
        (row,) = (one for one in progress(session, items, world.people["tina"]) if one.item.id == world.item_ids[TEXT])
        assert (row.answers, row.marked, row.by_me, row.by_others, row.differing) == (4, 1, 2, 3, 1)
        (one,) = disagreements(session, items)
        assert (one.submission_id, one.apart) == (ids[0], 2.0)
        table = {marker.name: (marker.marks, marker.shared, marker.mean_apart) for marker in strictness(session, items)}
        assert table == {"Tina": (2, 2, 1.0), "Tom": (2, 2, -1.0), "Uma": (1, 0, 0.0)}


def test_a_mark_makes_the_standing_stale(database: Database, world: World) -> None:
    id_ = answered(database, world, "ada", "They pile up.")

    def revision() -> int:
        with database.reading() as session:
            return session.get_one(Standing, (world.item_ids[TEXT], world.people["ada"])).revision

    before = revision()
    given(database, world, "tina", id_, 1.0)
    assert revision() > before


def test_saved_comments_are_found_used_changed_and_removed_in_their_own_course(
    database: Database, world: World
) -> None:
    tina, now = world.people["tina"], utc_now()
    with database.transaction() as session:
        question_id = session.get_one(AssignmentItem, world.item_ids[TEXT]).question_id
        kept = saved_comments.save_comment(session, world.course_id, text=" Why? ", actor_id=tina, now=now)
        own = saved_comments.save_comment(
            session, world.course_id, text="Which graph?", question_id=question_id, actor_id=tina, now=now
        )
        again = saved_comments.save_comment(
            session, world.course_id, text="Why?", question_id=question_id, actor_id=tina, now=now
        )
        assert again.id == kept.id, "what is there for every question is not kept twice"
        saved_comments.count_uses(session, world.course_id, [kept.id, kept.id])
        saved_comments.count_uses(session, world.course_id + 1, [own.id])
        ids = kept.id, own.id
    with database.transaction() as session:
        found = saved_comments.saved_comments(session, world.course_id, question_id)
        assert [(one.text, one.uses) for one in found] == [("Which graph?", 0), ("Why?", 1)]
        assert [one.id for one in saved_comments.saved_comments(session, world.course_id, question_id + 1)] == [ids[0]]
        with pytest.raises(Refused):
            saved_comments.remove_comment(session, world.course_id + 1, ids[0], actor_id=tina, now=now)
        with pytest.raises(Faulty):
            saved_comments.change_comment(session, world.course_id, ids[0], text=" ", title="", actor_id=tina, now=now)
        saved_comments.remove_comment(session, world.course_id, ids[0], actor_id=tina, now=now)
        assert [one.id for one in saved_comments.saved_comments(session, world.course_id)] == [ids[1]]


def test_an_entry_is_found_by_the_code_of_anybody_who_wrote_it(database: Database, world: World) -> None:
    for login in ("ada", "bob"):
        answered(database, world, login, "They pile up.")
    found = queued(database, world, "tina")
    (entry,) = found.entries
    assert isinstance(entry, Entry)
    assert [found.index(code) for code in entry.codes] == [0, 0]
    assert found.index("0" * 10) is None
