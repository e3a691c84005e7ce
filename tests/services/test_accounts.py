from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from grader.services.people import accounts
from grader.services.people.accounts import check_password, create_person
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import Person
from tests.passwords import PASSWORD, cheap_passwords

__all__ = ["cheap_passwords"]


def made(database: Database, login: str = "ada", password: str | None = PASSWORD) -> int:
    with database.transaction() as session:
        return create_person(session, login, login.title(), password=password).id


def person_who_knows(database: Database, login: str, password: str) -> str | None:
    with database.reading() as session:
        found = check_password(session, login, password)
        return None if found is None else found.login


def test_login_and_password_together_let_in_and_nothing_else_does(database: Database) -> None:
    made(database)
    assert person_who_knows(database, "ada", PASSWORD) == "ada"
    assert person_who_knows(database, "  ADA ", PASSWORD) == "ada"
    for login, password in (("ada", PASSWORD + "x"), ("ada", ""), ("bob", PASSWORD), ("", PASSWORD), ("a" * 500, "")):
        assert person_who_knows(database, login, password) is None


def test_a_disabled_account_and_one_without_a_password_let_nobody_in(database: Database) -> None:
    made(database)
    made(database, "bob", password=None)
    with database.transaction() as session:
        accounts.disable(session.scalars(select(Person).where(Person.login == "ada")).one())
    assert person_who_knows(database, "ada", PASSWORD) is None
    assert person_who_knows(database, "bob", "") is None
    with database.transaction() as session:
        accounts.enable(session.scalars(select(Person).where(Person.login == "ada")).one())
    assert person_who_knows(database, "ada", PASSWORD) == "ada"


def test_every_refused_login_costs_one_hash_like_a_wrong_password(
    database: Database, monkeypatch: pytest.MonkeyPatch, cheap_passwords: PasswordHasher
) -> None:
    made(database)
    made(database, "bob", password=None)
    made(database, "eve")
    with database.transaction() as session:
        accounts.disable(session.scalars(select(Person).where(Person.login == "eve")).one())
    verified: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
            verified.append(str(hash).split("$")[3])
            return cheap_passwords.verify(hash, password)

    monkeypatch.setattr(accounts, "hasher", Counting.from_parameters(cheap_passwords._parameters))
    for login in ("ada", "bob", "eve", "nobody", "not a login!"):
        assert person_who_knows(database, login, "wrong password") is None
    assert len(verified) == 5
    assert len(set(verified)) == 1  # with the same parameters


def test_a_hash_of_older_parameters_is_renewed_without_logging_anybody_out(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_id = made(database)
    dearer = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(accounts, "hasher", dearer)
    with database.transaction() as session:
        person = session.get_one(Person, person_id)
        before = person.session_key
        assert accounts.is_outdated(person)
        accounts.renew_hash(session, person_id, PASSWORD)
        assert not accounts.is_outdated(person)
        assert person.session_key == before
    assert person_who_knows(database, "ada", PASSWORD) == "ada"


def test_a_new_password_ends_the_old_one_and_every_session(database: Database) -> None:
    person_id = made(database)
    with database.transaction() as session:
        person = session.get_one(Person, person_id)
        before = person.session_key
        accounts.set_password(person, "another good one")
        assert person.session_key != before
    assert person_who_knows(database, "ada", PASSWORD) is None
    assert person_who_knows(database, "ada", "another good one") == "ada"


@pytest.mark.parametrize("password", ["", "short", "123456789", "x" * 201])
def test_a_password_too_short_or_too_long_is_refused(database: Database, password: str) -> None:
    with pytest.raises(Refused, match="characters"), database.transaction() as session:
        create_person(session, "ada", "Ada", password=password)


def test_a_password_of_any_script_counts_characters_and_may_be_typed_on_any_system(database: Database) -> None:
    made(database, password="pässwörter äöü")
    decomposed = "pa\u0308sswo\u0308rter a\u0308o\u0308u\u0308"
    assert person_who_knows(database, "ada", decomposed) == "ada"
    made(database, "bob", "\u0000" * 5 + "\U0001f600" * 195)
    assert person_who_knows(database, "bob", "\u0000" * 5 + "\U0001f600" * 195) == "bob"
    assert person_who_knows(database, "bob", "\udcff" * 12) is None


def test_a_password_of_200_characters_differs_from_the_same_with_more(database: Database) -> None:
    made(database, password="x" * 200)
    assert person_who_knows(database, "ada", "x" * 200) == "ada"
    assert person_who_knows(database, "ada", "x" * 201) is None
    assert person_who_knows(database, "ada", "x" * 100_000) is None


@pytest.mark.parametrize("login", ["s1234567", "ada.lovelace@example.org", "Ada_L-1+x", "0day", "a" * 64])
def test_logins_that_universities_give_are_taken_and_kept_in_lower_case(database: Database, login: str) -> None:
    made(database, login)
    assert person_who_knows(database, login.upper(), PASSWORD) == login.lower()


@pytest.mark.parametrize("login", ["", " ", "-x", "a b", "a/b", "ädä", "a\x00b", "<b>", "a" * 65, "=x", "ada\n@x y"])
def test_other_logins_are_refused(database: Database, login: str) -> None:
    with pytest.raises(Refused, match="letter") as refused, database.transaction() as session:
        create_person(session, login, "Somebody")
    assert refused.value.reason is Reason.INVALID


def test_a_login_is_given_once_even_to_two_who_ask_at_the_same_moment(database: Database) -> None:
    def ask(login: str) -> str:
        try:
            made(database, login)
        except Refused as refusal:
            return refusal.reason
        return "made"

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(ask, ["ada", "ADA", "Ada", "aDa"] * 4))
    assert answers == ["conflict"] * 15 + ["made"]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_taken_login_leaves_the_transaction_usable(database: Database) -> None:
    made(database)
    with database.transaction() as session:
        with pytest.raises(Refused):
            create_person(session, "ada", "Other")
        create_person(session, "bob", "Bob")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_names_are_one_line_of_any_script_and_never_control_characters(database: Database) -> None:
    assert accounts.name_from("  Zoë \t 王  ") == "Zoë 王"
    assert accounts.name_from("<script>alert(1)</script>") == "<script>alert(1)</script>"  # text; pages escape it
    for name in ("", "   ", "a\x00b", "a\x1bb", "x" * 201, "\udcff"):
        with pytest.raises(Refused):
            accounts.name_from(name)


def test_a_profile_takes_known_time_zones_only(database: Database) -> None:
    person_id = made(database)
    with database.transaction() as session:
        person = session.get_one(Person, person_id)
        accounts.edit_profile(person, name="Ada L.", email=" ada@example.org ", time_zone="Europe/London")
        assert (person.name, person.email, person.time_zone) == ("Ada L.", "ada@example.org", "Europe/London")
        accounts.edit_profile(person, name="Ada L.", email="", time_zone="")
        assert (person.email, person.time_zone) == (None, None)
        for bad in ("Mars/Olympus", "../../etc/passwd", "localtime"):
            with pytest.raises(Refused, match="time zone"):
                accounts.edit_profile(person, name="Ada", email=None, time_zone=bad)
        with pytest.raises(Refused, match="e-mail"):
            accounts.edit_profile(person, name="Ada", email="not an address", time_zone=None)
