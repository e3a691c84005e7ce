from __future__ import annotations

from grader.services.access import Verb, verbs_of
from grader.store.database import Database
from grader.store.models import Person
from tests.world import make_world


def test_a_stranger_may_do_nothing_and_an_administrator_everything(database: Database) -> None:
    with database.transaction() as session:
        world = make_world(session)
        held = {
            login: verbs_of(session, session.get_one(Person, person_id), world.course_id)
            for login, person_id in world.people.items()
        }
    assert held["eve"] == frozenset()
    assert held["root"] == frozenset(Verb)
    assert held["ada"] < held["tina"] < held["sam"]
