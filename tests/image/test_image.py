"""What the images hold, and how a stale one is told."""

from __future__ import annotations

import json
from collections.abc import Iterator

import docker
import pytest

from grader.sandbox.image import PACKAGE, SOURCE_LABEL, WIRE_LABEL, Target, expected_labels, source_digest, sources, tag
from grader.wire import WIRE_VERSION

TARGETS: tuple[Target, ...] = ("sandbox", "judge")


def test_beside_a_submission_stands_nothing_that_judges() -> None:
    parts = {path.parts[0] for path in sources("sandbox")}
    assert parts == {"__init__.py", "author.py", "errors.py", "py.typed", "vocab.py", "wire", "harness"}


def test_the_judge_has_everything_that_a_submission_has() -> None:
    assert set(sources("sandbox")) < set(sources("judge"))


def test_labels_name_the_wire_version_and_the_sources() -> None:
    labels = expected_labels("sandbox")
    assert labels[WIRE_LABEL] == str(WIRE_VERSION)
    assert labels[SOURCE_LABEL] == source_digest("sandbox")
    assert tag("sandbox").endswith(labels[SOURCE_LABEL][:12])


def test_compiled_files_do_not_make_an_image_stale() -> None:
    assert all("__pycache__" not in path.parts for target in TARGETS for path in sources(target))


def test_the_dockerfile_copies_exactly_what_the_digest_covers() -> None:
    text = (PACKAGE.parent / "docker" / "Dockerfile").read_text(encoding="utf-8")
    copied = {
        word.removeprefix("grader/")
        for line in text.splitlines()
        if line.startswith("COPY grader/")
        for word in line.split()[1:-1]
    }
    assert copied == {path.parts[0] for path in sources("judge")}


def test_the_seccomp_profile_leaves_the_harness_what_it_needs() -> None:
    profile = json.loads((PACKAGE / "sandbox" / "seccomp.json").read_text(encoding="utf-8"))
    denied = {name for rule in profile["syscalls"] for name in rule["names"] if "args" not in rule}
    assert denied.isdisjoint({"clone", "unshare", "mount", "umount2", "pivot_root", "prctl", "seccomp", "mbind"})
    assert {"ptrace", "bpf", "keyctl", "io_uring_setup", "setns", "userfaultfd"} <= denied


@pytest.fixture(scope="module")
def engine() -> Iterator[docker.DockerClient]:
    """The engine that has the images."""
    client = docker.from_env(timeout=60)
    yield client
    client.close()


@pytest.mark.docker
@pytest.mark.parametrize("target", TARGETS)
def test_an_image_runs_as_nobody_without_compilers_and_setuid_programs(
    engine: docker.DockerClient, target: Target
) -> None:
    script = "id -u; find / -xdev -type f -perm /6000 2>/dev/null | wc -l; command -v cc gcc ld curl wget || echo none"
    said = engine.containers.run(
        tag(target), ["-c", script], entrypoint="/bin/sh", network_mode="none", remove=True, read_only=True
    )
    assert said.decode().split() == ["65534", "0", "none"]


@pytest.mark.docker
def test_the_sandbox_image_cannot_import_what_judges(engine: docker.DockerClient) -> None:
    script = "import importlib.util as u; print([u.find_spec('grader.' + n) is not None for n in ('harness', 'judge')])"
    said = engine.containers.run(
        tag("sandbox"), ["-I", "-c", script], entrypoint="/opt/venv/bin/python", network_mode="none", remove=True
    )
    assert said.decode().strip() == "[True, False]"
