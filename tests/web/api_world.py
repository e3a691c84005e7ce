"""A site over a small course, and tokens of its people, for tests of the API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from grader.clock import utc_now
from grader.pipeline.order import CaseResult, Details, RunReport
from grader.services.grading.runs import claim, finish
from grader.services.people.tokens import Scope, create_token
from grader.settings import EMBEDDED_BROKER, ServiceSettings
from grader.store.database import Database
from grader.store.words import Device
from grader.vocab import Diagnosis, Verdict, Visibility
from tests.world import NEG_LOG_LIKELIHOOD, TENSOR_ADD, World, make_world
from web import create_app

NUMERIC = "infr10086/tutorial3/what_are_the_parameters"
CHOICE = "infr10086/tutorial3/linear_or_affine"
TEXT = "infr10086/tutorial3/forgetting_zero_grad"
WITH_REASON = "infr10086/tutorial3/is_it_stochastic"
QUESTIONS = (TENSOR_ADD, NEG_LOG_LIKELIHOOD, NUMERIC, CHOICE, TEXT, WITH_REASON)
SOURCE = "import torch\n\n\ndef tensor_add(a, b):\n    return torch.tensor(a) + torch.tensor(b)\n"
BOTH = (Scope.READ, Scope.SUBMIT)


def settings_for(tmp_path: Path, database_url: str) -> ServiceSettings:
    """A deployment without a broker."""
    return ServiceSettings(
        data_dir=tmp_path, database_url=database_url, broker_url=EMBEDDED_BROKER, secret_key="only for tests"
    )


@dataclass
class Api:
    """The site, asked with the tokens of the people in `world`."""

    client: FlaskClient
    database: Database
    world: World
    tokens: dict[str, str]

    def get(self, path: str, login: str | None = "ada") -> TestResponse:
        """A reading request."""
        return self.client.get(f"/api/v1{path}", headers=self.headers(login))

    def submit(self, login: str | None = "ada", *, key: str | None = None, **body: Any) -> TestResponse:
        """Hand in; the body as JSON, with `question` and `source` unless given otherwise."""
        headers = self.headers(login) | ({"Idempotency-Key": key} if key else {})
        whole = {"question": "tensor_add", **({} if "notebook" in body else {"source": SOURCE}), **body}
        return self.client.post("/api/v1/submissions", json=whole, headers=headers)

    def headers(self, login: str | None) -> dict[str, str]:
        """What names the caller."""
        return {} if login is None else {"Authorization": f"Bearer {self.tokens[login]}"}


@contextmanager
def open_api(tmp_path: Path, database: Database, database_url: str, **assignment: object) -> Iterator[Api]:
    """The site and a token with both scopes for everybody, while the block runs."""
    with database.transaction() as session:
        world = make_world(session, QUESTIONS, **assignment)
        tokens = {
            login: create_token(session, person_id, "tests", BOTH)[1] for login, person_id in world.people.items()
        }
    app = create_app(settings_for(tmp_path, database_url))
    try:
        yield Api(app.test_client(), database, world, tokens)
    finally:
        app.extensions["grader.database"].close()


def grade_next(database: Database) -> None:
    """What a worker does, with a made-up result: one public and one hidden case, both wrong."""
    with database.transaction() as session:
        taken = claim(session, Device.CPU, "test", utc_now())
        assert taken is not None
        assert finish(session, taken, wrong_report(), image=None, now=utc_now())


def wrong_report() -> RunReport:
    """A report with a secret in its hidden case."""
    cases = tuple(
        CaseResult(
            name=f"{visibility} case",
            visibility=visibility,
            verdict=Verdict.WRONG_ANSWER,
            points=0.0,
            max_points=5.0,
            diagnosis=Diagnosis.SIGN,
            message="expected 4711",
            details=Details(staff_note="4711 it is"),
        )
        for visibility in Visibility
    )
    return RunReport(TENSOR_ADD, Verdict.WRONG_ANSWER, 0.0, 10.0, 12, "local", "cpu", cases)
