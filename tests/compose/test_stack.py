"""docker-compose.yml against a real engine: brought up, used through HTTP, scaled, and taken down without a trace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import docker
import pytest
from docker.errors import ImageNotFound

from grader.sandbox import docker_service
from tests.servers import free_port
from tests.world import ROOT, TENSOR_ADD

pytestmark = [pytest.mark.docker, pytest.mark.slow]

UP_S = 120
GRADED_S = 60
RIGHT = (ROOT / "reference" / TENSOR_ADD / "samples" / "right_tutorial.py").read_text()
WRONG = (ROOT / "reference" / TENSOR_ADD / "samples" / "wrong_adds_a_twice.py").read_text()

COURSE = f"""
from grader.clock import utc_now
from grader.settings import ServiceSettings
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, Course, Question
from sqlalchemy import select

with Database(ServiceSettings.from_environment().database_url).transaction() as session:
    course = Course(slug="ml", title="Machine Learning", created_at=utc_now())
    session.add(course)
    session.flush()
    assignment = Assignment(course_id=course.id, slug="t3", title="Tutorial 3", created_at=utc_now())
    session.add(assignment)
    session.flush()
    question = session.scalars(select(Question).where(Question.name == {TENSOR_ADD!r})).one()
    session.add(AssignmentItem(assignment_id=assignment.id, question_id=question.id, slug="tensor_add"))
"""


def compose_command() -> list[str] | None:
    """The modern plug-in where it is installed, else the older program; both read the file."""
    if subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode == 0:
        return ["docker", "compose"]
    return ["docker-compose"] if shutil.which("docker-compose") else None


@dataclass(frozen=True)
class Stack:
    command: list[str]
    environment: dict[str, str]
    url: str

    def run(self, *arguments: str, given: str | None = None) -> str:
        done = subprocess.run(
            [*self.command, *arguments],
            env=self.environment,
            cwd=ROOT,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout[-2000:]} {done.stderr[-4000:]}"
        return done.stdout

    def tools(self, *arguments: str, given: str | None = None) -> str:
        return self.run("run", "--rm", "-T", "tools", *arguments, given=given)

    def site(self, *arguments: str, given: str | None = None) -> str:
        return self.run("exec", "-T", "site", "grader", *arguments, given=given)

    def ask(self, path: str, token: str | None = None, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        request = urllib.request.Request(f"{self.url}{path}", json.dumps(body).encode() if body else None)
        request.add_header("Content-Type", "application/json")
        if token is not None:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, json.loads(response.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def graded(self, token: str, source: str) -> dict[str, Any]:
        status, accepted = self.ask("/api/v1/submissions", token, {"question": TENSOR_ADD, "source": source})
        assert status == 202, accepted
        until = time.monotonic() + GRADED_S
        while True:
            status, found = self.ask(f"/api/v1/submissions/{accepted['id']}", token)
            assert status == 200, found
            if found["state"] not in {"queued", "running"} or time.monotonic() > until:
                return dict(found)
            time.sleep(0.1)

    def containers(self, service: str) -> list[str]:
        return self.run("ps", "-q", service).split()


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    command = compose_command()
    if command is None:
        pytest.skip("no compose (apt-get install docker-compose)")
    why = why_no_images()
    if why is not None:
        pytest.skip(why)
    secrets = tmp_path_factory.mktemp("compose") / "secrets"
    subprocess.run([str(ROOT / "docker" / "prepare.sh"), str(secrets)], check=True, cwd=ROOT)
    port = free_port()
    environment = {
        **os.environ,
        "GRADER_SECRETS": str(secrets),
        "GRADER_LISTEN": f"127.0.0.1:{port}",
        "GRADER_DOCKER_GID": str(Path("/var/run/docker.sock").stat().st_gid),
        "GRADER_POSTGRES_IMAGE": docker_service.server_tag("postgres"),
        "GRADER_REDIS_IMAGE": docker_service.server_tag("redis"),
    }
    project = f"graderproof{uuid4().hex[:8]}"
    made = Stack([*command, "-p", project], environment, f"http://127.0.0.1:{port}")
    try:
        made.run("up", "-d")
        wait_until_ready(made)
        yield made
    finally:
        subprocess.run([*made.command, "down", "-v", "-t", "20"], env=environment, cwd=ROOT, check=True, timeout=120)
        client = docker.from_env()
        left = client.containers.list(all=True, filters={"label": f"com.docker.compose.project={project}"})
        volumes = client.volumes.list(filters={"label": f"com.docker.compose.project={project}"})
        client.close()
    assert not left
    assert not volumes


def why_no_images() -> str | None:
    client = docker.from_env()
    try:
        for name in ("site", "worker"):
            image = client.images.get(docker_service.service_tag(name))
            if image.labels != {**image.labels, **docker_service.expected_labels(name)}:
                return f"the image of the {name} was made from other sources (./dev image)"
        for server in ("postgres", "redis"):
            client.images.get(docker_service.server_tag(server))
    except ImageNotFound as error:
        return f"{error.explanation} (./dev image, ./dev servers)"
    finally:
        client.close()
    return None


def wait_until_ready(stack: Stack) -> None:
    until = time.monotonic() + UP_S
    while time.monotonic() < until:
        try:
            if stack.ask("/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(stack.run("logs", "--tail", "50"))


@pytest.fixture(scope="module")
def token(stack: Stack) -> str:
    """Of a student in a course whose one question was verified and published from the folders of this checkout."""
    stack.tools("question", "publish", TENSOR_ADD, "--seeds", "3")
    stack.run("run", "--rm", "-T", "--entrypoint", "python", "tools", "-", given=COURSE)
    stack.site("user", "create", "ada", "--course", "ml", "--password-stdin", given="correct horse battery\n")
    return stack.site("token", "create", "ada").strip().splitlines()[-1]


def test_a_submission_through_the_published_port_is_graded_in_a_sandbox_beside_the_worker(
    stack: Stack, token: str
) -> None:
    right = stack.graded(token, RIGHT)
    assert (right["state"], right["verdict"], right["sandbox"]) == ("finished", "accepted", "docker")
    assert right["score"] == right["max_score"] > 0
    wrong = stack.graded(token, WRONG)
    assert wrong["verdict"] == "wrong_answer"


def test_two_workers_share_the_queue_and_one_that_dies_costs_nothing(stack: Stack, token: str) -> None:
    stack.run("up", "-d", "--scale", "worker-cpu=2", "--no-recreate")
    assert len(stack.containers("worker-cpu")) == 2
    client = docker.from_env()
    accepted = [
        stack.ask("/api/v1/submissions", token, {"question": TENSOR_ADD, "source": f"{RIGHT}\n# {number}\n"})[1]["id"]
        for number in range(12)
    ]
    client.containers.get(stack.containers("worker-cpu")[0]).kill()
    client.close()
    until = time.monotonic() + GRADED_S
    states: dict[int, str] = {}
    while time.monotonic() < until and set(states.values()) != {"accepted"}:
        states = {number: stack.ask(f"/api/v1/submissions/{number}", token)[1]["verdict"] for number in accepted}
        time.sleep(0.3)
    assert set(states.values()) == {"accepted"}
    assert len(states) == 12


def test_a_backup_holds_what_was_handed_in_and_can_be_restored(stack: Stack, token: str) -> None:
    stack.graded(token, f"{RIGHT}\n# worth keeping\n")
    postgres = ("exec", "-T", "postgres")
    dump = stack.run(*postgres, "pg_dump", "-U", "grader", "grader")
    stack.run(*postgres, "createdb", "-U", "grader", "restored")
    stack.run(*postgres, "psql", "-q", "-v", "ON_ERROR_STOP=1", "-U", "grader", "restored", given=dump)
    count = "SELECT count(*) FROM submission"
    kept = [stack.run(*postgres, "psql", "-At", "-U", "grader", "-c", count, name) for name in ("grader", "restored")]
    assert kept[0] == kept[1] != "0\n"


def test_nothing_runs_as_root_or_can_write_its_own_root(stack: Stack) -> None:
    client = docker.from_env()
    try:
        for service in ("postgres", "redis", "site", "worker-cpu", "beat"):
            for number in stack.containers(service):
                container = client.containers.get(number)
                assert container.attrs["HostConfig"]["ReadonlyRootfs"], service
                assert "no-new-privileges:true" in container.attrs["HostConfig"]["SecurityOpt"], service
                if container.status == "running":
                    assert {row[1] for row in container.top(ps_args="-eo pid,uid")["Processes"]}.isdisjoint({"0"})
    finally:
        client.close()


def test_only_the_site_can_be_reached_from_outside(stack: Stack) -> None:
    client = docker.from_env()
    try:
        for service in ("postgres", "redis", "worker-cpu", "beat"):
            for number in stack.containers(service):
                attributes = client.containers.get(number).attrs
                assert not any((attributes["NetworkSettings"]["Ports"] or {}).values()), service
                (network,) = attributes["NetworkSettings"]["Networks"]
                assert client.networks.get(network).attrs["Internal"], service
    finally:
        client.close()


def test_no_secret_stands_in_the_environment_or_on_a_command_line(stack: Stack) -> None:
    secrets = [file.read_text() for file in Path(stack.environment["GRADER_SECRETS"]).iterdir()]
    client = docker.from_env()
    try:
        for service in ("postgres", "redis", "site", "worker-cpu", "beat"):
            for number in stack.containers(service):
                attributes = client.containers.get(number).attrs
                shown = json.dumps([attributes["Config"], attributes["Args"]])
                assert not any(secret in shown for secret in secrets), service
    finally:
        client.close()
