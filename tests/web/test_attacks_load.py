"""Requests made to keep the site from answering others, to be late in time, or to make it fail."""

from __future__ import annotations

import datetime as dt
import io
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from typing_extensions import Buffer

import web.arrival
from grader.clock import monotonic_s, utc_now
from grader.services.people.tokens import create_token
from grader.store.database import Database
from grader.store.submissions import Submission
from tests.web.api_world import BOTH
from tests.web.question_world import CHOICE, RIGHT, entered, open_site
from tests.web.visitor import OUR_PAGE
from tests.world import World

ITEM = "/c/ml/a/t3/tensor_add"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Site:
    app: Flask
    database: Database
    world: World

    def submitted_at(self) -> dt.datetime:
        with self.database.reading() as session:
            return session.scalars(select(Submission.submitted_at)).one()


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    app, database, world = open_site(tmp_path, sqlite_url)
    app.config["WTF_CSRF_ENABLED"] = False
    yield Site(app, database, world)
    database.close()


class Dripping(io.BytesIO):
    """A body whose sender takes their time."""

    def __init__(self, body: bytes, wait_s: float) -> None:
        super().__init__(body)
        self._wait_s = wait_s

    def read(self, size: int | None = -1) -> bytes:
        time.sleep(self._wait_s)
        self._wait_s = 0.0
        return super().read(size)

    def readinto(self, buffer: Buffer) -> int:
        part = self.read(memoryview(buffer).nbytes)
        memoryview(buffer)[: len(part)] = part
        return len(part)


@pytest.mark.parametrize("way", ["editor", "answer", "api"])
def test_a_request_begun_before_the_deadline_cannot_be_filled_in_long_after_it(
    site: Site, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(web.arrival, "LONGEST_UPLOAD", dt.timedelta(seconds=0.1))
    ada = entered(site.app, "ada")
    if way == "api":
        with site.database.transaction() as session:
            token = create_token(session, site.world.people["ada"], "x", BOTH)[1]
        path, kind, headers = "/api/v1/submissions", "application/json", {"Authorization": f"Bearer {token}"}
        body = json.dumps({"question": "tensor_add", "source": RIGHT}).encode()
    elif way == "answer":
        path, kind, headers, body = f"/c/ml/a/t3/{CHOICE.rpartition('/')[2]}/answer", FORM, OUR_PAGE, b"choices=affine"
    else:
        path, kind, headers, body = f"{ITEM}/submit", FORM, OUR_PAGE, b"source=x%3D1"
    began_at = utc_now()
    answer = ada.client.post(
        path, input_stream=Dripping(body, 1.0), content_length=len(body), content_type=kind, headers=headers
    )
    assert answer.status_code in {202, 303}, answer.text
    assert site.submitted_at() - began_at > dt.timedelta(seconds=0.8)


def test_a_request_that_comes_in_within_a_minute_counts_from_its_beginning(site: Site) -> None:
    body, began_at = b"source=x%3D1", utc_now()
    answer = entered(site.app, "ada").client.post(
        f"{ITEM}/submit",
        input_stream=Dripping(body, 0.6),
        content_length=len(body),
        content_type=FORM,
        headers=OUR_PAGE,
    )
    assert answer.status_code == 303
    assert site.submitted_at() - began_at < dt.timedelta(seconds=0.5)


@pytest.mark.parametrize("path", ["/login", f"{ITEM}/submit"])
def test_a_form_of_a_million_fields_is_refused_before_it_is_read(site: Site, path: str) -> None:
    site.app.config["WTF_CSRF_ENABLED"] = True  # what reads the form of somebody whom nobody knows
    began_s = monotonic_s()
    answer = site.app.test_client().post(path, data=b"a=%41&" * 1_000_000, content_type=FORM)
    assert answer.status_code == 413
    assert monotonic_s() - began_s < 1.0  # reading them takes several seconds


def test_nested_drafts_are_refused_and_nothing_fails(site: Site) -> None:
    ada = entered(site.app, "ada")
    for body in (b"[" * 100_000, b'{"a":' * 100_000, b'{"source": "x", "revision": ' + b"9" * 5000 + b"}"):
        answer = ada.client.put(f"{ITEM}/draft", data=body, content_type="application/json")
        assert answer.status_code in {400, 422}


def test_drafts_sent_without_end_are_stopped(site: Site) -> None:
    ada = entered(site.app, "ada")
    codes = [ada.client.put(f"{ITEM}/draft", json={"source": "x", "revision": 0}).status_code for _ in range(260)]
    assert codes[0] == 200
    assert codes[-1] == 429


@pytest.mark.parametrize("number", ["9" * 30, "9" * 2000, "9223372036854775808", "2147483648", "-1", "٣", "1e3", ""])
def test_numbers_beyond_every_id_make_no_page_fail(site: Site, number: str) -> None:
    tina = entered(site.app, "tina")
    for path in (
        f"{ITEM}/history?person={number}",
        f"{ITEM}/?source={number}",
        f"/c/ml/ta/a/t3/?section={number}&page={number}",
        f"/c/ml/ta/a/t3/tensor_add/?page={number}",
        f"/c/ml/staff/questions/1/?version={number}",
        f"/c/ml/staff/roster/?section={number}",
        f"/submissions/{number}/",
        f"/submissions/1/diff/?after={number}&with={number}",
    ):
        assert tina.get(path).status_code < 500, path
