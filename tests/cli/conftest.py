"""A bank on disk, and `grader check` with a sandbox whose processes are threads."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from grader.cli import check as check_module
from grader.cli import main as main_module
from grader.sandbox.interface import Sandbox
from grader.spec import Bank
from grader.spec.skeleton import skeleton
from tests.pipeline.actors import Judge, ThreadSandbox, right, student

QUESTION = "course/tutorial/add"


@dataclass
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


@dataclass
class Shell:
    """Runs `grader …` in a folder with one question and a file to hand in."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    sandbox: Callable[[], Sandbox] | None = None
    asked: dict[str, object] = field(default_factory=dict)

    def run(self, *words: str) -> Ran:
        self.monkeypatch.setattr(sys, "argv", ["grader", *words])
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main_module.main()
        told = self.capsys.readouterr()
        return Ran(int(stop.value.code or 0), told.out, told.err)

    def file(self, name: str, text: bytes = b"def f(a, b): return a\n") -> str:
        (self.folder / name).write_bytes(text)
        return name

    def open(self, name: str, *, lanes: int, device: str = "cpu", single: bool = False) -> Sandbox:
        self.asked.update(name=name, lanes=lanes, device=device, single=single)
        assert self.sandbox is not None
        return self.sandbox()


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    for path, content in skeleton(QUESTION, "f(a, b)", is_class=False).files.items():
        secret = path.startswith("reference/")
        place = tmp_path / ("reference" if secret else "tasks") / QUESTION / path.removeprefix("reference/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    monkeypatch.chdir(tmp_path)
    for variable in (
        "GRADER_TASKS",
        "GRADER_REFERENCE",
        "GRADER_SANDBOX",
        "GRADER_LANES",
        "GRADER_CONTAINERS",
        "FORCE_COLOR",
    ):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    cases = [case.name for case in Bank(tmp_path / "tasks", None).get(QUESTION).spec.cases]
    made = Shell(tmp_path, capsys, monkeypatch)
    made.sandbox = lambda: ThreadSandbox(student(right), Judge(cases))
    monkeypatch.setattr(check_module, "open_sandbox", made.open)
    return made
