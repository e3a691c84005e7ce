"""A site over a small course with questions of every kind, and people who are in without typing a password."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import select

from grader.store.database import Database
from grader.store.models import Assignment, Person
from tests.web.visitor import Visitor, site_of
from tests.world import NEG_LOG_LIKELIHOOD, TENSOR_ADD, World, make_world

NUMERIC = "infr10086/tutorial3/what_are_the_parameters"
CHOICE = "infr10086/tutorial3/linear_or_affine"
TEXT = "infr10086/tutorial3/forgetting_zero_grad"
WITH_REASON = "infr10086/tutorial3/is_it_stochastic"
QUESTIONS = (TENSOR_ADD, NEG_LOG_LIKELIHOOD, NUMERIC, CHOICE, TEXT, WITH_REASON)
RIGHT = "import torch\n\n\ndef tensor_add(a, b):\n    return torch.tensor(a) + torch.tensor(b)\n"


def open_site(folder: Path, url: str, **assignment: object) -> tuple[Flask, Database, World]:
    """The site, its database and the small world in it."""
    app = site_of(folder, url)
    database: Database = app.extensions["grader.database"]
    with database.transaction() as session:
        world = make_world(session, QUESTIONS, **assignment)
    return app, database, world


def entered(app: Flask, login: str) -> Visitor:
    """A browser in which they are logged in."""
    database: Database = app.extensions["grader.database"]
    with database.reading() as session:
        person = session.scalars(select(Person).where(Person.login == login)).one()
        cookie = f"{person.id}:{person.session_key}"
    visitor = Visitor(app)
    with visitor.client.session_transaction() as kept:
        kept["_user_id"] = cookie
        kept["_fresh"] = True
    return visitor


def change(database: Database, world: World, **columns: object) -> None:
    """Set columns of the assignment."""
    with database.transaction() as session:
        assignment = session.get_one(Assignment, world.assignment_id)
        for name, value in columns.items():
            setattr(assignment, name, value)
