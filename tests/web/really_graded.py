"""A site over a fresh database, people logged in, and submissions that a judge in this process has really graded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from flask import Flask
from flask.testing import FlaskClient

from grader.clock import utc_now
from grader.pipeline.order import CaseResult, Provenance, RunReport
from grader.services.grading.runs import claim, finish
from grader.services.handing_in.submit import hand_in
from grader.settings import ServiceSettings
from grader.store.database import Database
from grader.store.models import Person
from grader.store.words import Device, Origin, Purpose
from grader.vocab import Verdict
from tests.judge.driver import Desk
from tests.world import World, bank_question
from web import create_app

SECRET = "kept from nobody: this is a test"


def site(url: str, folder: Path, **config: Any) -> Flask:
    """The site over this database."""
    app = create_app(ServiceSettings(data_dir=folder, database_url=url, broker_url="memory://", secret_key=SECRET))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, **config)
    return app


def logged_in(app: Flask, login: str) -> FlaskClient:
    """A browser of somebody's."""
    database: Database = app.extensions["grader.database"]
    with database.reading() as session:
        person = session.query(Person).filter_by(login=login).one()
        cookie = f"{person.id}:{person.session_key}"
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"] = cookie
        kept["_fresh"] = True
    return client


def hand(
    database: Database, world: World, login: str, question: str, source: str, purpose: Purpose = Purpose.SUBMIT
) -> int:
    """Hand in; the submission's id."""
    with database.transaction() as session:
        return hand_in(
            session,
            person_id=world.people[login],
            item_id=world.item_ids[question],
            source=source.encode(),
            purpose=purpose,
            origin=Origin.EDITOR,
        ).submission_id


def judged(question: str, source: str, *, seed: int = 7, only_public: bool = False) -> RunReport:
    """The report of a judge on this source, without a sandbox: only for sources that we wrote."""
    opened = bank_question(question)
    said = Desk(dict(opened.files)).grade(source, seed, only_public=only_public)
    assert "verdict" in said, said
    return RunReport(
        question=question,
        duration_ms=23,
        sandbox="local",
        device=said["provenance"]["device"],
        verdict=Verdict(said["verdict"]),
        score=said["score"],
        max_score=said["max_score"],
        cases=msgspec.convert(said["cases"], tuple[CaseResult, ...]),
        provenance=msgspec.convert(said["provenance"], Provenance),
        loaded=said["loaded"],
    )


def finished(database: Database, report: RunReport) -> None:
    """Grade what waits longest, with this result."""
    with database.transaction() as session:
        taken = claim(session, Device.CPU, "a worker", utc_now())
        assert taken is not None
        assert finish(session, taken, report, image=None, now=utc_now())


def graded(
    database: Database, world: World, login: str, question: str, source: str, purpose: Purpose = Purpose.SUBMIT
) -> int:
    """Hand in and grade; the submission's id. Nothing else may be waiting."""
    submission_id = hand(database, world, login, question, source, purpose)
    finished(database, judged(question, source, only_public=purpose is Purpose.PRECHECK))
    return submission_id


def sample(question: str, name: str) -> str:
    """The text of one of the question's sample submissions."""
    folder = Path(__file__).resolve().parents[2] / "reference" / question / "samples"
    return (folder / f"{name}.py").read_text("utf-8")
