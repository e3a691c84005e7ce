from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.courses import assignment_items, section_windows
from grader.services.courses import assignments as service
from grader.services.courses.assignment_items import ItemLine
from grader.services.courses.assignments import Details
from grader.services.courses.section_windows import SectionTimes
from grader.services.courses.windows import windows_of
from grader.services.edits import Changed, Faulty
from grader.services.questions.publish import publish, retire
from grader.services.refusals import Refused
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, AuditEvent, Draft, Question, Section
from grader.store.words import Counting, LateKind
from tests.services.handing import hand
from tests.world import HOUR, NEG_LOG_LIKELIHOOD, TENSOR_ADD, World, bank_question, make_world


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


def details(database: Database, world: World) -> tuple[Details, str]:
    """As they stand, with their digest."""
    with database.reading() as session:
        assignment = session.get_one(Assignment, world.assignment_id)
        return service.details_of(assignment), service.details_digest(assignment)


def items(database: Database, world: World) -> tuple[list[ItemLine], str]:
    with database.reading() as session:
        rows = session.get_one(Assignment, world.assignment_id).items
        return [ItemLine(row.id, row.points, row.attempts_allowed) for row in rows], assignment_items.items_digest(rows)


def acts(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))


def test_a_new_assignment_comes_last_and_is_written_into_the_audit(database: Database, world: World) -> None:
    now = utc_now()
    wanted = Details(
        title="Tutorial 4",
        slug="tutorial-4",
        intro="# Read",
        opens_at=now,
        due_at=now + HOUR,
        closes_at=now + 2 * HOUR,
        late_kind=LateKind.FLAT,
        late_share=0.25,
        attempts_allowed=3,
        counting=Counting.LAST,
        is_visible=True,
    )
    with database.transaction() as session:
        made_id = service.create(session, world.course_id, wanted, actor_id=world.people["sam"]).id
    with database.reading() as session:
        made = session.get_one(Assignment, made_id)
        assert service.details_of(made) == wanted
        assert made.position > session.get_one(Assignment, world.assignment_id).position
    assert acts(database) == ["assignment.created"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"slug": "Tutorial 3"}, "slug"),
        ({"slug": "../x"}, "slug"),
        ({"attempts_allowed": 0}, "attempts_allowed"),
        ({"late_kind": LateKind.FLAT, "late_share": 0.0}, "late_share"),
        ({"late_share": 1.5}, "late_share"),
        ({"due_at": utc_now() - 1000 * HOUR}, "due_at"),
        ({"closes_at": utc_now()}, "closes_at"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    database: Database, world: World, change: dict[str, object], field: str
) -> None:
    before, digest = details(database, world)
    with pytest.raises(Faulty) as fault, database.transaction() as session:
        service.edit(session, world.assignment_id, replace(before, **change), digest=digest, actor_id=1)  # type: ignore[arg-type]
    assert list(fault.value.errors) == [field]
    assert details(database, world) == (before, digest)


def test_two_assignments_of_a_course_never_share_an_address(database: Database, world: World) -> None:
    with pytest.raises(Faulty) as fault, database.transaction() as session:
        service.create(session, world.course_id, Details(title="Again", slug="t3"), actor_id=world.people["sam"])
    assert list(fault.value.errors) == ["slug"]
    with database.transaction() as session:
        other = service.create(
            session, world.course_id, Details(title="Other", slug="t4"), actor_id=world.people["sam"]
        )
        digest, other_id = service.details_digest(other), other.id
    with pytest.raises(Faulty), database.transaction() as session:
        service.edit(session, other_id, Details(title="Other", slug="t3"), digest=digest, actor_id=world.people["sam"])


def test_an_edit_over_a_newer_one_changes_nothing(database: Database, world: World) -> None:
    before, digest = details(database, world)
    sam = world.people["sam"]
    with database.transaction() as session:
        service.edit(session, world.assignment_id, replace(before, title="First"), digest=digest, actor_id=sam)
    with pytest.raises(Changed), database.transaction() as session:
        service.edit(session, world.assignment_id, replace(before, title="Second"), digest=digest, actor_id=sam)
    assert details(database, world)[0].title == "First"
    assert acts(database) == ["assignment.edited"]


def test_saving_what_is_there_already_is_no_act(database: Database, world: World) -> None:
    before, digest = details(database, world)
    with database.transaction() as session:
        service.edit(session, world.assignment_id, before, digest=digest, actor_id=world.people["sam"])
    assert acts(database) == []


def test_a_question_is_added_at_the_end_once(database: Database, world: World) -> None:
    name = "infr10086/tutorial3/sample_gaussian"
    with database.transaction() as session:
        version_id = publish(session, bank_question(name)).version_id
        question_id = session.scalars(select(Question.id).where(Question.live_version_id == version_id)).one()
        item = assignment_items.add_item(session, world.assignment_id, question_id, actor_id=world.people["sam"])
        assert item.slug == "sample_gaussian"
    with pytest.raises(Refused, match="already"), database.transaction() as session:
        assignment_items.add_item(session, world.assignment_id, question_id, actor_id=world.people["sam"])
    lines, _ = items(database, world)
    assert len(lines) == 3


def test_questions_of_the_same_name_get_addresses_of_their_own(database: Database, world: World) -> None:
    twin = replace(bank_question(TENSOR_ADD), id="infr10086/tutorial4/tensor_add")
    with database.transaction() as session:
        publish(session, twin)
        question_id = session.scalars(select(Question.id).where(Question.name == twin.id)).one()
        item = assignment_items.add_item(session, world.assignment_id, question_id, actor_id=world.people["sam"])
        assert item.slug == "tutorial4-tensor_add"


def test_a_retired_question_is_offered_to_no_further_assignment(database: Database, world: World) -> None:
    name = "infr10086/tutorial3/sample_gaussian"
    with database.transaction() as session:
        publish(session, bank_question(name))
        retire(session, name)
        question_id = session.scalars(select(Question.id).where(Question.name == name)).one()
    with pytest.raises(Refused), database.transaction() as session:
        assignment_items.add_item(session, world.assignment_id, question_id, actor_id=world.people["sam"])


def test_a_question_with_submissions_cannot_be_removed(database: Database, world: World) -> None:
    with database.transaction() as session:
        hand(session, world, "ada", b"def tensor_add(a, b): return a")
    with pytest.raises(Refused, match="has submissions"), database.transaction() as session:
        assignment_items.remove_item(session, world.assignment_id, world.item_id, actor_id=world.people["sam"])
    assert len(items(database, world)[0]) == 2


def test_a_question_nobody_handed_in_is_removed_with_its_drafts(database: Database, world: World) -> None:
    with database.transaction() as session:
        session.add(
            Draft(item_id=world.item_id, person_id=world.people["ada"], source="x", revision=1, updated_at=utc_now())
        )
    with database.transaction() as session:
        assignment_items.remove_item(session, world.assignment_id, world.item_id, actor_id=world.people["sam"])
    with database.reading() as session:
        assert session.get(AssignmentItem, world.item_id) is None
        assert session.scalars(select(Draft)).all() == []
    assert acts(database) == ["assignment.item_removed"]


def test_order_points_and_attempts_are_saved_together(database: Database, world: World) -> None:
    lines, digest = items(database, world)
    turned = [ItemLine(line.item_id, 2.5, 4) for line in reversed(lines)]
    with database.transaction() as session:
        assignment_items.edit_items(session, world.assignment_id, turned, digest=digest, actor_id=world.people["sam"])
    assert items(database, world)[0] == turned


def test_points_and_attempts_that_cannot_be_are_refused_at_their_field(database: Database, world: World) -> None:
    lines, digest = items(database, world)
    first, second = lines
    wrong = [ItemLine(first.item_id, -1, None), ItemLine(second.item_id, None, 0)]
    with pytest.raises(Faulty) as fault, database.transaction() as session:
        assignment_items.edit_items(session, world.assignment_id, wrong, digest=digest, actor_id=world.people["sam"])
    assert set(fault.value.errors) == {f"points-{first.item_id}", f"attempts-{second.item_id}"}


def test_saving_questions_that_somebody_else_changed_is_noticed(database: Database, world: World) -> None:
    lines, digest = items(database, world)
    with database.transaction() as session:
        assignment_items.remove_item(
            session, world.assignment_id, world.item_ids[NEG_LOG_LIKELIHOOD], actor_id=world.people["sam"]
        )
    with pytest.raises(Changed), database.transaction() as session:
        assignment_items.edit_items(session, world.assignment_id, lines, digest=digest, actor_id=world.people["sam"])


def test_a_section_gets_times_of_its_own_and_gives_them_back(database: Database, world: World) -> None:
    due_at = (utc_now() + 30 * HOUR).replace(microsecond=0)
    own = SectionTimes(world.section_id, None, due_at, None)
    with database.transaction() as session:
        digest = section_windows.windows_digest([])
        section_windows.edit_windows(session, world.assignment_id, [own], digest=digest, actor_id=world.people["sam"])
    with database.reading() as session:
        assignment = session.get_one(Assignment, world.assignment_id)
        assert windows_of(session, assignment, world.people["ada"]).due_at == due_at
        assert windows_of(session, assignment, world.people["bob"]).due_at == assignment.due_at
        digest = section_windows.windows_digest(section_windows.windows_of_sections(session, assignment.id))
    nothing = SectionTimes(world.section_id, None, None, None)
    with database.transaction() as session:
        section_windows.edit_windows(
            session, world.assignment_id, [nothing], digest=digest, actor_id=world.people["sam"]
        )
    with database.reading() as session:
        assert section_windows.windows_of_sections(session, world.assignment_id) == []
    assert acts(database) == ["assignment.windows_edited"] * 2


def test_times_of_a_section_are_checked_with_those_of_the_assignment(database: Database, world: World) -> None:
    late = SectionTimes(world.section_id, None, utc_now() + 1000 * HOUR, None)
    digest = section_windows.windows_digest([])
    with pytest.raises(Faulty) as fault, database.transaction() as session:
        section_windows.edit_windows(session, world.assignment_id, [late], digest=digest, actor_id=world.people["sam"])
    assert list(fault.value.errors) == [f"closes_at-{world.section_id}"]


def test_sections_of_another_course_get_no_times_here(database: Database, world: World) -> None:
    with database.transaction() as session:
        foreign = Section(course_id=world.course_id, name="B")
        session.add(foreign)
        session.flush()
        foreign_id = foreign.id + 1000
    lines, digest = [SectionTimes(foreign_id, None, utc_now(), None)], section_windows.windows_digest([])
    with pytest.raises(Changed), database.transaction() as session:
        section_windows.edit_windows(session, world.assignment_id, lines, digest=digest, actor_id=world.people["sam"])
