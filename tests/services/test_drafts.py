from __future__ import annotations

from functools import partial

import pytest

from grader.clock import utc_now
from grader.pipeline.source import MAX_SOURCE_BYTES
from grader.services.handing_in.drafts import Saved, load, save
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import Draft
from tests.services.handing import at_once
from tests.world import World, make_world


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


def write(database: Database, world: World, source: str, revision: int, login: str = "ada") -> Saved:
    with database.transaction() as session:
        return save(session, world.item_id, world.people[login], source, revision, utc_now())


def kept(database: Database, world: World, login: str = "ada") -> tuple[str, int] | None:
    with database.reading() as session:
        draft = load(session, world.item_id, world.people[login])
        return None if draft is None else (draft.source, draft.revision)


def test_a_draft_is_kept_as_it_grows_for_its_writer_alone(database: Database, world: World) -> None:
    assert kept(database, world) is None
    assert write(database, world, "a = 1\r\n\té", 0) == Saved(1, is_conflict=False, source="a = 1\r\n\té")
    assert write(database, world, "a = 2", 1) == Saved(2, is_conflict=False, source="a = 2")
    assert kept(database, world) == ("a = 2", 2)
    assert kept(database, world, "bob") is None


def test_an_old_window_cannot_overwrite_a_newer_one_and_gets_what_that_wrote(database: Database, world: World) -> None:
    write(database, world, "a = 1", 0)
    write(database, world, "newer", 1)
    assert write(database, world, "older", 1) == Saved(2, is_conflict=True, source="newer")
    assert write(database, world, "fresh", 0) == Saved(2, is_conflict=True, source="newer")
    assert write(database, world, "from the future", 7).is_conflict
    assert kept(database, world) == ("newer", 2)


def test_saving_the_same_again_is_no_conflict(database: Database, world: World) -> None:
    write(database, world, "a = 1", 0)
    assert write(database, world, "a = 1", 0) == Saved(1, is_conflict=False, source="a = 1")


def test_two_windows_that_save_at_once_make_one_draft(database: Database, world: World) -> None:
    results = at_once([partial(write, database, world, name, 0) for name in "abcdef"])
    saved = [result for result in results if isinstance(result, Saved)]
    assert len(saved) == 6
    [winner] = [result for result in saved if not result.is_conflict]
    assert {result.source for result in saved} == {winner.source}
    assert kept(database, world) == (winner.source, 1)
    results = at_once([partial(write, database, world, name, 1) for name in "ghijkl"])
    assert [isinstance(result, Saved) and result.is_conflict for result in results].count(False) == 1
    assert (kept(database, world) or ("", 0))[1] == 2


def test_an_editor_that_outlives_its_draft_starts_a_new_one(database: Database, world: World) -> None:
    assert write(database, world, "a = 1", 5) == Saved(1, is_conflict=False, source="a = 1")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a\0b", Reason.NOT_TEXT),
        ("a\ud800b", Reason.NOT_TEXT),
        ("é" * (MAX_SOURCE_BYTES // 2 + 1), Reason.TOO_LARGE),
    ],
)
def test_what_could_not_be_handed_in_is_not_kept(database: Database, world: World, source: str, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        write(database, world, source, 0)
    assert caught.value.reason is reason
    with database.reading() as session:
        assert session.query(Draft).count() == 0


def test_an_empty_draft_and_one_of_the_largest_size_are_drafts(database: Database, world: World) -> None:
    write(database, world, "", 0)
    assert write(database, world, "é" * (MAX_SOURCE_BYTES // 2), 1).revision == 2
