"""`grader doctor`: the truth about this machine, in words and for scripts."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from grader.cli import doctor as doctor_module
from grader.errors import SandboxFault
from grader.sandbox.interface import Sandbox, Status
from tests.cli.conftest import Shell
from tests.pipeline.actors import ThreadSandbox


@dataclass
class Found(ThreadSandbox):
    """A sandbox that reports what a test wants it to."""

    told: Status | None = None

    def status(self) -> Status:
        assert self.told is not None
        return self.told


def look(shell: Shell, status: Status | SandboxFault, *words: str) -> tuple[int, str]:
    def open_sandbox(name: str, *, lanes: int, device: str = "cpu", single: bool = False) -> Sandbox:
        if isinstance(status, SandboxFault):
            raise status
        return Found(lambda _: None, lambda _: None, told=status)

    shell.monkeypatch.setattr(doctor_module, "open_sandbox", open_sandbox)
    ran = shell.run("doctor", *words)
    return ran.code, ran.out


WEAK = Status(
    "local",
    usable=True,
    layers={"namespaces": True, "cgroup": False},
    missing={"cgroup": "no delegated cgroup; start it through systemd-run --user --scope"},
    torch="2.13.0",
)


def test_layers_in_force_and_missing_ones_are_told_apart_with_what_to_do(shell: Shell) -> None:
    code, told = look(shell, WEAK)
    assert code == 0
    assert "✓ namespaces" in told
    assert "✗ cgroup" in told
    assert "systemd-run" in told
    assert "2.13.0" in told


def test_why_the_stronger_backend_was_passed_over_is_told(shell: Shell) -> None:
    def open_sandbox(name: str, *, lanes: int, device: str = "cpu", single: bool = False) -> Sandbox:
        if name == "docker":
            raise SandboxFault("there is no image: run `grader image build`", permanent=True)
        return Found(lambda _: None, lambda _: None, told=WEAK)

    shell.monkeypatch.setattr(doctor_module, "open_sandbox", open_sandbox)
    ran = shell.run("doctor")
    assert ran.code == 0
    assert "grader image build" in " ".join(ran.out.split())


def test_scripts_get_the_same_as_json(shell: Shell) -> None:
    code, told = look(shell, WEAK, "--json")
    found = json.loads(told)
    assert code == 0
    assert found["usable"] is True
    assert found["sandbox"]["layers"] == {"namespaces": True, "cgroup": False}
    assert found["questions"]["count"] == found["questions"]["with_reference"] == 1


@pytest.mark.parametrize(
    "status",
    [
        SandboxFault("nothing here can confine a process", permanent=True),
        Status("local", usable=False, layers={}, missing={"sandbox": "nothing here can confine a process"}),
    ],
)
def test_a_machine_that_can_confine_nothing_is_exit_code_3(shell: Shell, status: Status | SandboxFault) -> None:
    code, told = look(shell, status)
    assert code == 3
    assert "cannot be graded here" in told
    assert "nothing here can confine" in " ".join(told.split())
