from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from grader.settings import ServiceSettings
from grader.store.database import Database
from grader.store.migrate import upgrade
from grader.store.models import Base
from tests.servers import free_port, running_redis
from tests.web.api_world import Api, grade_next, open_api, settings_for
from web import create_app

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@contextmanager
def site(settings: ServiceSettings) -> Iterator[FlaskClient]:
    app = create_app(settings)
    try:
        yield app.test_client()
    finally:
        app.extensions["grader.database"].close()


def sample(page: str, name: str, **labels: str) -> float | None:
    """One value of a page of metrics; None where it is not there."""
    for family in text_string_to_metric_families(page):
        for found in family.samples:
            if found.name == name and labels.items() <= found.labels.items():
                return found.value
    return None


@pytest.fixture
def api(tmp_path: Path, database: Database, database_url: str) -> Iterator[Api]:
    with open_api(tmp_path, database, database_url) as opened:
        yield opened


def test_a_site_with_its_tables_is_ready(tmp_path: Path, database_url: str) -> None:
    with site(settings_for(tmp_path, database_url)) as client:
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json and ready.json["status"]) == (200, "ready")
        assert client.get("/healthz").status_code == 200


def test_a_database_without_tables_is_not_ready_and_a_migrated_one_is(tmp_path: Path, database_url: str) -> None:
    database = Database(database_url)
    Base.metadata.drop_all(database.engine)
    database.close()
    with site(settings_for(tmp_path, database_url)) as client:
        empty = client.get("/readyz")
        assert (empty.status_code, "grader migrate" in empty.text) == (503, True)
        upgrade(database_url)
        assert client.get("/readyz").status_code == 200


def test_a_database_at_another_migration_is_not_ready(tmp_path: Path, database: Database, database_url: str) -> None:
    Base.metadata.drop_all(database.engine)
    upgrade(database_url)
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    with site(settings_for(tmp_path, database_url)) as client:
        ready = client.get("/readyz")
        assert (ready.status_code, "older" in ready.text, "grader migrate" in ready.text) == (503, True, True)


def test_a_database_that_does_not_answer_is_not_ready_and_nothing_secret_is_told(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://grader:hunter2@127.0.0.1:{free_port()}/grader"
    with site(settings_for(tmp_path, url)) as client:
        ready = client.get("/readyz")
        assert ready.status_code == 503
        assert "does not answer" in ready.text
        assert "hunter2" not in ready.text
        assert "127.0.0.1" not in ready.text
        assert client.get("/healthz").status_code == 200


@pytest.mark.redis
def test_without_its_broker_the_site_is_degraded_but_ready(tmp_path: Path, sqlite_url: str) -> None:
    with running_redis() as broker:
        settings = replace(settings_for(tmp_path, sqlite_url), broker_url=broker.url)
        with site(settings) as client:
            assert client.get("/readyz").json == {"status": "ready", "checks": {"database": "ok", "broker": "ok"}}
            broker.kill()
            down = client.get("/readyz")
            assert (down.status_code, down.json and down.json["status"]) == (200, "degraded")
            assert str(broker.port) not in down.text


def test_the_metrics_count_what_stands_in_the_database(api: Api) -> None:
    for source in ("x = 1", "x = 2"):
        api.submit(source=source)
    grade_next(api.database)
    page = api.client.get("/metrics").text
    assert sample(page, "grader_runs", state="finished", device="cpu", lane="normal") == 1
    assert sample(page, "grader_runs", state="queued", device="cpu", lane="normal") == 1
    assert sample(page, "grader_submissions_total", purpose="submit") == 2
    assert sample(page, "grader_runs_failed") == 0
    assert sample(page, "grader_leases") == 0
    age_s = sample(page, "grader_oldest_queued_seconds", device="cpu", lane="normal")
    assert age_s is not None
    assert age_s >= 0
    count = sample(page, "grader_request_seconds_count", endpoint="api.submit", method="POST", status="202")
    assert count == 2


def test_addresses_that_do_not_exist_make_no_series_of_their_own(api: Api) -> None:
    for number in range(5):
        api.client.get(f"/nowhere/{number}")
    page = api.client.get("/metrics").text
    assert sample(page, "grader_request_seconds_count", endpoint="none") == 5
    assert "nowhere" not in page


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_the_metrics_are_for_this_machine_and_not_for_who_comes_through_a_proxy(
    tmp_path: Path, sqlite_url: str, header: str
) -> None:
    with site(settings_for(tmp_path, sqlite_url)) as client:
        assert client.get("/metrics").status_code == 200
        assert client.get("/metrics", environ_base=ELSEWHERE).status_code == 404
        assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


def test_a_monitor_elsewhere_needs_the_token(tmp_path: Path, sqlite_url: str) -> None:
    settings = replace(settings_for(tmp_path, sqlite_url), metrics_token="let me see")
    with site(settings) as client:
        for header, status in (("Bearer let me see", 200), ("Bearer let me", 404), ("Bearer \xe4", 404), ("", 404)):
            answer = client.get("/metrics", headers={"Authorization": header}, environ_base=ELSEWHERE)
            assert answer.status_code == status


def test_the_token_and_the_folder_come_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("let me see\n")
    found = ServiceSettings.from_environment(
        {"GRADER_METRICS_TOKEN_FILE": str(tmp_path / "token"), "PROMETHEUS_MULTIPROC_DIR": "/run/metrics"}, tmp_path
    )
    assert (found.metrics_token, found.metrics_dir) == ("let me see", Path("/run/metrics"))
    assert "let me see" not in repr(found)


def test_processes_of_one_site_add_up_their_requests(tmp_path: Path, sqlite_url: str) -> None:
    ask = "from web import create_app; c = create_app().test_client(); c.get('/healthz'); print(c.get('/metrics').text)"
    environment = {
        "PATH": os.environ["PATH"],
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics"),
        "GRADER_DATA": str(tmp_path / "data"),
        "GRADER_DATABASE_URL": sqlite_url,
    }
    pages = [
        subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert sample(pages[1], "grader_request_seconds_count", endpoint="health.healthz") == 2
