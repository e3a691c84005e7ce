"""Nudges are quick, never raise, and arrive where somebody listens."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from grader.jobs.configuration import make_app
from grader.jobs.nudges import BrokerNudges, Datagrams, listening, open_nudges
from grader.settings import ServiceSettings, Settings
from grader.store.words import Device
from tests.servers import Redis, free_port, running_redis


def _settings(folder: Path, broker_url: str | None = None) -> ServiceSettings:
    return ServiceSettings.from_environment({"GRADER_BROKER_URL": broker_url} if broker_url else {}, data_dir=folder)


@pytest.fixture
def broker() -> Iterator[Redis]:
    """An empty Redis."""
    with running_redis() as server:
        yield server


def _waiting(broker: Redis, queue: str, count: int) -> list[bytes]:
    found: list[bytes] = []
    with redis.Redis(port=broker.port) as client:
        for _ in range(200):
            found = [bytes(message) for message in client.lrange(queue, 0, -1)]
            if len(found) >= count:
                break
            time.sleep(0.05)
    assert len(found) >= count
    return found


@pytest.mark.redis
def test_a_nudge_is_a_json_message_in_the_queue_of_its_device(broker: Redis, tmp_path: Path) -> None:
    nudges = open_nudges(_settings(tmp_path, broker.url))
    nudges.publish(Device.CPU)
    nudges.publish(Device.GPU)
    message = json.loads(_waiting(broker, "gpu", 1)[0])
    assert message["content-type"] == "application/json"
    assert message["headers"]["task"] == "grader.grade"
    assert message["headers"]["argsrepr"] == "['gpu']"
    assert len(_waiting(broker, "cpu", 1)) == 1


@pytest.mark.redis
def test_nudges_arrive_again_once_a_dead_broker_is_back(broker: Redis, tmp_path: Path) -> None:
    nudges = open_nudges(_settings(tmp_path, broker.url))
    nudges.publish(Device.CPU)
    _waiting(broker, "cpu", 1)
    broker.kill()
    nudges.publish(Device.CPU)
    broker.start()
    for _ in range(100):
        nudges.publish(Device.CPU)
        time.sleep(0.05)
        with redis.Redis(port=broker.port) as client:
            if client.llen("cpu"):
                return
    raise AssertionError("the nudges went on being lost")


def test_a_broker_that_is_down_or_hangs_keeps_nobody_waiting(tmp_path: Path) -> None:
    with socket.socket() as hanging:
        hanging.bind(("127.0.0.1", 0))
        hanging.listen(100)  # takes connections and never answers
        addresses = [hanging.getsockname()[1], free_port()]
        for number, port in enumerate(addresses):
            nudges = BrokerNudges(_settings(tmp_path / str(number), f"redis://127.0.0.1:{port}/0"))
            began_s = time.monotonic()
            for _ in range(5000):  # more than are kept
                nudges.publish(Device.CPU)
            assert time.monotonic() - began_s < 1.0, "a request would have waited for the broker"


def test_a_datagram_reaches_the_worker_however_deep_the_folder_lies(tmp_path: Path) -> None:
    folder = tmp_path / ("deep" * 30) / ("er" * 60)
    folder.mkdir(parents=True)
    assert len(str(folder)) > 108
    with listening(folder) as receiver:
        open_nudges(_settings(folder)).publish(Device.GPU)
        receiver.settimeout(5)
        assert receiver.recv(64) == b"gpu"


def test_without_a_listener_or_with_a_deaf_one_a_nudge_is_simply_lost(tmp_path: Path) -> None:
    nudges = Datagrams(tmp_path)
    nudges.publish(Device.CPU)
    with listening(tmp_path):
        for _ in range(2000):
            nudges.publish(Device.CPU)
    nudges.publish(Device.CPU)  # the socket's file is there, and nobody behind it
    assert len(list(Path("/proc/self/fd").iterdir())) < 500


def test_celery_takes_json_only_and_acknowledges_late(tmp_path: Path) -> None:
    app = make_app(_settings(tmp_path, "redis://127.0.0.1:1/0"), Settings.from_environment({}))
    assert (app.conf.accept_content, app.conf.task_serializer) == (["json"], "json")
    assert app.conf.task_acks_late
    assert app.conf.worker_prefetch_multiplier == 1
    assert not app.conf.result_backend
    assert [queue.name for queue in app.conf.task_queues] == ["cpu"]


def test_the_site_imports_nothing_that_grades() -> None:
    program = (
        "import sys, grader.jobs.nudges, grader.jobs.configuration\n"
        "bad = [name for name in sys.modules if name.split('.')[0] in {'torch', 'docker'}"
        " or name.startswith(('grader.sandbox', 'grader.pipeline.grade', 'grader.judge', 'grader.jobs.station'))]\n"
        "print(bad)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
