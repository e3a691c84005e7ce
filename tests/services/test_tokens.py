from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.people import accounts
from grader.services.people.tokens import (
    MAX_TOKENS,
    Scope,
    create_token,
    is_use_worth_noting,
    note_use,
    person_of_token,
    revoke,
    tokens_of,
)
from grader.services.refusals import Refused
from grader.store.database import Database
from grader.store.models import ApiToken, AuditEvent, Person
from tests.world import person

HOUR = dt.timedelta(hours=1)


def made(database: Database, expires_at: dt.datetime | None = None) -> tuple[int, int, str]:
    with database.transaction() as session:
        ada = person(session, "ada")
        token, text = create_token(session, ada.id, "laptop", [Scope.READ], expires_at)
        return ada.id, token.id, text


def owner(database: Database, text: str, now: dt.datetime | None = None) -> str | None:
    with database.reading() as session:
        found = person_of_token(session, text, now or utc_now())
        return found and found[0].login


def test_a_token_names_its_owner_and_its_scopes(database: Database) -> None:
    _, _, text = made(database)
    assert text.startswith("grader_")
    with database.reading() as session:
        found = person_of_token(session, text, utc_now())
        assert found is not None
        assert (found[0].login, found[1].scopes) == ("ada", ["read"])
    for other in ("", "grader_", text[:-1], text + "x", text.upper(), "\udcff"):
        assert owner(database, other) is None


def test_the_database_holds_nothing_a_token_could_be_made_of(database: Database) -> None:
    _, token_id, text = made(database)
    with database.reading() as session:
        row = session.get_one(ApiToken, token_id)
        kept = " ".join(str(getattr(row, column.key)) for column in ApiToken.__table__.columns)
        event = session.scalars(select(AuditEvent)).one()
    assert text not in kept
    assert text[len(row.prefix) :] not in kept
    assert text.startswith(row.prefix)
    assert text not in repr(event.detail)


def test_a_revoked_token_an_expired_one_and_one_of_a_disabled_account_are_worthless(database: Database) -> None:
    ada_id, token_id, text = made(database, expires_at=utc_now() + HOUR)
    assert owner(database, text) == "ada"
    assert owner(database, text, utc_now() + 2 * HOUR) is None
    with database.transaction() as session:
        accounts.disable(session.get_one(Person, ada_id))
    assert owner(database, text) is None
    with database.transaction() as session:
        accounts.enable(session.get_one(Person, ada_id))
        revoke(session, token_id, ada_id)
        revoke(session, token_id, ada_id)
    assert owner(database, text) is None
    with database.reading() as session:
        assert [event.act for event in session.scalars(select(AuditEvent).order_by(AuditEvent.id))] == [
            "token.created",
            "token.revoked",
        ]


def test_nobody_revokes_another_persons_token(database: Database) -> None:
    _, token_id, text = made(database)
    with database.transaction() as session:
        bob = person(session, "bob")
        with pytest.raises(Refused, match="no such token"):
            revoke(session, token_id, bob.id)
        with pytest.raises(Refused, match="no such token"):
            revoke(session, 10**6, bob.id)
    assert owner(database, text) == "ada"


def test_use_is_noted_at_most_once_a_minute(database: Database) -> None:
    _, token_id, _ = made(database)
    began = utc_now()
    noted = []
    for after_s in (0, 1, 59, 60, 61, 125):
        now = began + dt.timedelta(seconds=after_s)
        with database.transaction() as session:
            token = session.get_one(ApiToken, token_id)
            if is_use_worth_noting(token, now):
                note_use(session, token_id, now)
                noted.append(after_s)
    assert noted == [0, 60, 125]
    with database.reading() as session:
        assert session.get_one(ApiToken, token_id).last_used_at == began + dt.timedelta(seconds=125)


def test_a_token_without_scope_without_name_or_that_ended_before_it_began_is_refused(database: Database) -> None:
    with database.transaction() as session:
        ada_id = person(session, "ada").id
        for name, scopes, expires_at in (
            ("x", [], None),
            ("  ", [Scope.READ], None),
            ("x" * 101, [Scope.READ], None),
            ("x", [Scope.READ], utc_now() - HOUR),
        ):
            with pytest.raises(Refused):
                create_token(session, ada_id, name, scopes, expires_at)
        assert tokens_of(session, ada_id) == []


def test_living_tokens_of_one_person_are_bounded_and_dead_ones_make_room(database: Database) -> None:
    with database.transaction() as session:
        ada_id = person(session, "ada").id
        made_ids = [create_token(session, ada_id, f"t{n}", [Scope.READ])[0].id for n in range(MAX_TOKENS)]
        with pytest.raises(Refused, match="revoke one"):
            create_token(session, ada_id, "one more", [Scope.READ])
        revoke(session, made_ids[0], ada_id)
        create_token(session, ada_id, "one more", [Scope.READ])
