from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from grader.services.edits import Changed, Faulty
from grader.services.mistakes import line_comments
from grader.services.mistakes.line_comments import MAX_COMMENT_CHARACTERS, comments_on, counts_of, version_of
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import AuditEvent, LineComment
from tests.services.wrong_ways import MEAN, WrongClass, wrong_class


@pytest.fixture
def room(database: Database) -> WrongClass:
    return wrong_class(database)


@pytest.fixture
def submission_id(room: WrongClass) -> int:
    return room.hands_in("ada", MEAN)


def remark(room: WrongClass, submission_id: int, line: int | None, text: str, who: str = "tina") -> int:
    with room.database.transaction() as session:
        made = line_comments.add(
            session,
            submission_id,
            line=line,
            text=text,
            lines=2,
            written_by=room.world.people[who],
            now=room.later(),
        )
        return made.id


def edit(room: WrongClass, submission_id: int, comment_id: int, text: str, who: str = "tina", **given: Any) -> None:
    with room.database.transaction() as session:
        was = version_of(session.get_one(LineComment, comment_id))
        values: dict[str, Any] = {"was": was, "edited_by": room.world.people[who], "now": room.later(), **given}
        line_comments.edit(session, submission_id, comment_id, text=text, **values)


def remove(room: WrongClass, submission_id: int, comment_id: int, who: str = "tina") -> None:
    with room.database.transaction() as session:
        line_comments.remove(session, submission_id, comment_id, removed_by=room.world.people[who], now=room.later())


def listed(room: WrongClass, submission_id: int) -> list[tuple[int | None, str]]:
    with room.database.reading() as session:
        return [(comment.line, comment.text) for comment in comments_on(session, submission_id)]


def acts(room: WrongClass) -> list[str]:
    with room.database.reading() as session:
        return list(
            session.scalars(select(AuditEvent.act).where(AuditEvent.act.like("line.%")).order_by(AuditEvent.id))
        )


def test_comments_stand_by_line_and_those_on_the_whole_come_first(room: WrongClass, submission_id: int) -> None:
    remark(room, submission_id, 2, "here")
    remark(room, submission_id, None, " as a whole ")
    remark(room, submission_id, 1, "the name", who="sam")
    assert listed(room, submission_id) == [(None, "as a whole"), (1, "the name"), (2, "here")]
    assert acts(room) == ["line.commented"] * 3
    with room.database.reading() as session:
        assert counts_of(session, [submission_id, submission_id + 1]) == {submission_id: 3}


def test_the_same_sent_twice_is_there_once(room: WrongClass, submission_id: int) -> None:
    assert remark(room, submission_id, 2, "here") == remark(room, submission_id, 2, "here")
    assert remark(room, submission_id, 2, "here", who="sam") != remark(room, submission_id, 2, "here")
    assert len(listed(room, submission_id)) == 2


@pytest.mark.parametrize(
    ("line", "text", "fields"),
    [
        (0, "x", {"line"}),
        (3, "x", {"line"}),
        (-1, "", {"line", "text"}),
        (1, "x" * (MAX_COMMENT_CHARACTERS + 1), {"text"}),
        (1, "a\0b", {"text"}),
    ],
)
def test_a_comment_needs_words_and_a_line_that_is_there(
    room: WrongClass, submission_id: int, line: int, text: str, fields: set[str]
) -> None:
    with pytest.raises(Faulty) as fault:
        remark(room, submission_id, line, text)
    assert set(fault.value.errors) == fields


def test_its_author_finds_other_words_and_nobody_else_does(room: WrongClass, submission_id: int) -> None:
    comment_id = remark(room, submission_id, 1, "hre")
    edit(room, submission_id, comment_id, "here")
    assert listed(room, submission_id) == [(1, "here")]
    with pytest.raises(Refused) as refused:
        edit(room, submission_id, comment_id, "I say", who="sam")
    assert refused.value.reason is Reason.FORBIDDEN
    assert acts(room) == ["line.commented", "line.comment_edited"]


def test_an_old_window_does_not_overwrite_newer_words(room: WrongClass, submission_id: int) -> None:
    comment_id = remark(room, submission_id, 1, "one")
    with room.database.reading() as session:
        was = version_of(session.get_one(LineComment, comment_id))
    edit(room, submission_id, comment_id, "two")
    with pytest.raises(Changed):
        edit(room, submission_id, comment_id, "three", was=was)
    assert listed(room, submission_id) == [(1, "two")]


def test_removed_it_is_gone_for_good_and_the_audit_keeps_it(room: WrongClass, submission_id: int) -> None:
    comment_id = remark(room, submission_id, 1, "here")
    remove(room, submission_id, comment_id, who="sam")
    remove(room, submission_id, comment_id)  # a second time does nothing
    assert listed(room, submission_id) == []
    assert acts(room) == ["line.commented", "line.comment_removed"]
    with pytest.raises(Refused):
        edit(room, submission_id, comment_id, "back")


def test_a_comment_is_found_at_its_own_submission_only(room: WrongClass, submission_id: int) -> None:
    comment_id = remark(room, submission_id, 1, "here")
    other = room.hands_in("bob", MEAN)
    with pytest.raises(Refused) as edited:
        edit(room, other, comment_id, "mine")
    with pytest.raises(Refused) as removed:
        remove(room, other, comment_id)
    assert edited.value.reason is removed.value.reason is Reason.NOT_FOUND
    assert listed(room, submission_id) == [(1, "here")]
