from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import IntegerConverter

from grader.services.people import accounts
from grader.store.database import Database
from grader.store.models import Person, Submission
from tests.passwords import PASSWORD, cheap_passwords
from tests.servers import running_redis
from tests.web.visitor import OUR_PAGE, Visitor, form_to, populated, site_of
from tests.world import TENSOR_ADD, World

__all__ = ["cheap_passwords"]

SOURCE = 'import torch\n\n\ndef tensor_add(a, b):\n    return "</textarea><script>alert(1)</script>"\n'
SUBMIT = "/c/ml/a/t3/tensor_add/submit"


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Flask:
    return site_of(tmp_path, sqlite_url)


@pytest.fixture
def world(app: Flask) -> World:
    return populated(app, questions=(TENSOR_ADD,))


def sources(app: Flask) -> list[str]:
    database: Database = app.extensions["grader.database"]
    with database.reading() as session:
        return [source.decode() for source in session.scalars(select(Submission.source).order_by(Submission.id))]


def end_session(app: Flask, person_id: int) -> None:
    database: Database = app.extensions["grader.database"]
    with database.transaction() as session:
        accounts.log_out_everywhere(session.get_one(Person, person_id))


def test_a_form_without_its_token_is_refused_and_changes_nothing(app: Flask, world: World) -> None:
    ada = Visitor(app)
    ada.log_in("ada")
    for token in ("", "made up"):
        assert ada.post("/account", token=token, name="Changed").status_code == 400
        assert ada.post(SUBMIT, token=token, source=SOURCE).status_code == 400
    assert "Changed" not in ada.get("/account").text
    assert sources(app) == []


def test_every_address_that_changes_something_wants_a_token_or_a_bearer(app: Flask, world: World) -> None:
    ada = Visitor(app)
    ada.log_in("root")
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}:
            values = {
                name: "1" if isinstance(kind, IntegerConverter) else "x" for name, kind in rule._converters.items()
            }
            with app.test_request_context():
                path = app.url_map.bind("localhost").build(rule.endpoint, values, method=method)
            answer = ada.client.open(path, method=method, headers=OUR_PAGE)
            expected = 401 if rule.endpoint.startswith("api.") else 400
            assert answer.status_code == expected, (rule.endpoint, answer.status_code)


def test_a_stale_form_of_our_own_page_offers_what_was_typed_again(app: Flask, world: World) -> None:
    ada = Visitor(app)
    ada.log_in("ada")
    answer = ada.post(SUBMIT, token="of an older session", source=SOURCE, idempotency_key="a-key-of-the-page")
    assert answer.status_code == 400
    assert "<script>alert(1)" not in answer.text
    form = form_to(answer, SUBMIT)
    assert form.fields["source"] == SOURCE
    assert form.fields["idempotency_key"] == "a-key-of-the-page"
    sent = ada.send(form)
    assert sent.status_code == 303
    assert sent.location.startswith("/submissions/")
    assert sources(app) == [SOURCE]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/localhost"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
)
def test_what_another_site_sent_is_neither_taken_nor_shown(app: Flask, world: World, headers: dict[str, str]) -> None:
    for is_in in (True, False):
        ada = Visitor(app)
        if is_in:
            ada.log_in("ada")
        answer = ada.client.post(SUBMIT, data={"source": SOURCE}, headers={"Accept": "text/html", **headers})
        assert answer.status_code == 400
        assert "tensor_add(a, b)" not in answer.text
        assert 'name="kept"' not in answer.text
    assert sources(app) == []


def test_a_solution_sent_after_the_session_ended_waits_for_the_login(app: Flask, world: World) -> None:
    ada = Visitor(app)
    ada.log_in("ada")
    token = ada.token()
    end_session(app, world.people["ada"])
    answer = ada.post(SUBMIT, token=token, source=SOURCE, idempotency_key="a-key-of-the-page")
    assert answer.status_code == 401
    assert sources(app) == []
    form = form_to(answer, "/login")
    again = ada.send(form, login="ada", password="wrong password")
    assert again.status_code == 401
    welcome = ada.send(form_to(again, "/login"), login="ada", password=PASSWORD)
    assert welcome.status_code == 200
    assert "nothing of it is lost" in welcome.text
    assert "<script>alert(1)" not in welcome.text
    resend = form_to(welcome, SUBMIT)
    assert resend.fields["source"] == SOURCE
    assert ada.send(resend).status_code == 303
    assert sources(app) == [SOURCE]


def test_a_solution_sent_from_a_browser_that_was_restarted_waits_for_the_login_too(app: Flask, world: World) -> None:
    ada = Visitor(app)  # no cookie at all, but the form of a page that was restored
    answer = ada.post(SUBMIT, token="of a session that is gone", source=SOURCE)
    assert answer.status_code == 400
    welcome = ada.send(form_to(answer, "/login"), login="ada", password=PASSWORD)
    assert ada.send(form_to(welcome, SUBMIT)).status_code == 303
    assert sources(app) == [SOURCE]


def test_a_file_sent_after_the_session_ended_must_be_chosen_again(app: Flask, world: World) -> None:
    ada = Visitor(app)
    answer = ada.post(SUBMIT, token="gone", file=(io.BytesIO(SOURCE.encode()), "solution.py"))
    welcome = ada.send(form_to(answer, "/login"), login="ada", password=PASSWORD)
    assert '<input id="file-1" type="file" name="file" required>' in welcome.text
    assert 'enctype="multipart/form-data"' in welcome.text
    resend = form_to(welcome, SUBMIT)
    assert ada.send(resend, file=(io.BytesIO(SOURCE.encode()), "solution.py")).status_code == 303
    assert sources(app) == [SOURCE]


def test_passwords_and_tokens_are_never_kept_and_nobody_can_put_words_into_a_kept_form(
    app: Flask, world: World
) -> None:
    ada = Visitor(app)
    answer = ada.post("/account/password", token="gone", password="my old password", new_password="my new password")
    assert "my old password" not in answer.text
    assert 'name="kept"' not in answer.text
    for forged in ("{}", "eyJwYXRoIjoiLyJ9.aaa.bbb", "x" * 5000):
        visitor = Visitor(app)
        answer = visitor.log_in("ada", kept=forged)
        assert (answer.status_code, answer.location) == (303, "/")


def test_a_program_gets_json_and_a_fresh_token_to_go_on_with(app: Flask, world: World) -> None:
    ada = Visitor(app)
    ada.log_in("ada")
    draft = "/c/ml/a/t3/tensor_add/draft"
    headers = {"X-CSRFToken": "of an older session", "Accept": "application/json"}
    answer = ada.client.put(draft, json={"source": "x", "revision": 0}, headers=headers)
    assert answer.status_code == 400
    assert answer.json is not None
    headers["X-CSRFToken"] = answer.json["csrf_token"]
    assert ada.client.put(draft, json={"source": "x", "revision": 0}, headers=headers).status_code == 200
    end_session(app, world.people["ada"])
    answer = ada.client.put(draft, json={"source": "x", "revision": 1}, headers=headers)
    assert (answer.status_code, answer.is_json) == (401, True)


def test_ten_wrong_passwords_a_minute_are_enough_for_one_login(app: Flask, world: World) -> None:
    answers = [Visitor(app).log_in("ada", "wrong password").status_code for _ in range(12)]
    assert answers == [401] * 10 + [429] * 2
    refused = Visitor(app).log_in("ADA ")
    assert refused.status_code == 429  # also the right one: else the limit would tell
    wait_s = int(refused.headers["Retry-After"])
    assert 1 <= wait_s <= 60
    assert re.search(r"Try again in \d+ seconds?\.", refused.text)
    assert Visitor(app).log_in("bob").status_code == 303
    assert Visitor(app, REMOTE_ADDR="192.0.2.7").log_in("ada").status_code == 429


def test_a_whole_class_behind_one_address_logs_in_at_once(app: Flask, world: World) -> None:
    assert [Visitor(app).log_in("ada").status_code for _ in range(80)] == [303] * 80


def test_one_address_that_guesses_many_logins_is_stopped_and_others_are_not(app: Flask, world: World) -> None:
    guessing = [Visitor(app).log_in(f"guess{n}", "wrong password").status_code for n in range(62)]
    assert guessing == [401] * 60 + [429] * 2
    assert Visitor(app, REMOTE_ADDR="192.0.2.7").log_in("ada").status_code == 303


def test_a_person_who_submits_without_end_is_slowed_down_and_keeps_the_source(app: Flask, world: World) -> None:
    ada, bob = Visitor(app), Visitor(app)
    ada.log_in("ada")
    bob.log_in("bob")
    token = ada.token()
    paths = [SUBMIT, SUBMIT.replace("submit", "precheck")]
    answers = [ada.post(paths[n % 2], token=token, source="").status_code for n in range(30)]
    assert answers == [422] * 30
    refused = ada.post(SUBMIT, token=token, source=SOURCE)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert form_to(refused, SUBMIT).fields["source"] == SOURCE
    assert bob.post(SUBMIT, source=SOURCE).status_code == 303


@pytest.mark.redis
def test_limits_are_shared_through_redis_and_hold_without_it(tmp_path: Path, sqlite_url: str) -> None:
    with running_redis() as server:
        first = site_of(tmp_path, sqlite_url, broker_url=server.url)
        populated(first, questions=())
        answers = [Visitor(first).log_in("ada", "wrong password").status_code for _ in range(6)]
        second = site_of(tmp_path, sqlite_url, broker_url=server.url)
        answers += [Visitor(second).log_in("ada", "wrong password").status_code for _ in range(6)]
        assert answers == [401] * 10 + [429] * 2
        server.kill()
        alone = [Visitor(second).log_in("bob", "wrong password").status_code for _ in range(12)]
        assert alone == [401] * 10 + [429] * 2
        assert Visitor(second).log_in("tina").status_code == 303
        server.start()


def test_every_page_forbids_foreign_scripts_frames_and_guessing(app: Flask, world: World) -> None:
    ada = Visitor(app)
    ada.log_in("ada")
    for path in ("/login", "/account", "/nowhere", "/c/ml/"):
        answer = ada.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        nonces = set(re.findall(r"nonce-([\w-]+)", policy))
        assert nonces.isdisjoint(re.findall(r"nonce-([\w-]+)", ada.get(path).headers["Content-Security-Policy"]))
        scripts = re.findall(r"<(?:script|style)\b[^>]*>", answer.text)
        assert all("src=" in tag or f'nonce="{next(iter(nonces))}"' in tag for tag in scripts)
        assert not re.search(r'\s(style|on\w+)="', answer.text)
