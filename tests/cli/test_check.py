"""`grader check` as scripts and people meet it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.errors import SandboxFault
from grader.sandbox.interface import Sandbox
from tests.cli.conftest import QUESTION, Shell
from tests.pipeline.actors import Judge, SlotFails, ThreadChild, ThreadSandbox, right, student


def test_one_line_of_json_a_file_in_order_with_the_agreed_keys(shell: Shell) -> None:
    names = [shell.file(f"{name}.py") for name in "cab"]
    ran = shell.run("check", QUESTION, *names, "--json")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [line["file"] for line in lines] == names
    assert list(lines[0]) == [
        "question", "file", "verdict", "score", "max_score", "duration_ms", "sandbox", "device", "cases",
    ]  # fmt: skip
    assert (lines[0]["question"], lines[0]["verdict"]) == (QUESTION, "accepted")


def test_a_wrong_submission_was_graded_all_the_same(shell: Shell) -> None:
    shell.sandbox = lambda: ThreadSandbox(student(lambda *_: b"wrong"), Judge(["a"]))
    ran = shell.run("check", "add", shell.file("a.py"), "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["verdict"] == "wrong_answer"


def test_a_file_that_is_no_text_was_graded_too(shell: Shell) -> None:
    ran = shell.run("check", "add", shell.file("a.py", b"\xff\xfe"), "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["verdict"] == "invalid_submission"


def test_a_failure_of_the_grader_itself_is_exit_code_3(shell: Shell) -> None:
    def answer(child: ThreadChild, call: str) -> bytes:
        raise SlotFails("gone")

    shell.sandbox = lambda: ThreadSandbox(student(answer), Judge(["a"]))
    ran = shell.run("check", "add", shell.file("a.py"), "--json", "--staff")
    assert ran.code == 3
    assert json.loads(ran.out)["verdict"] == "judge_error"
    assert "gone" in ran.err


def test_no_sandbox_at_all_is_exit_code_3_and_says_what_to_do(shell: Shell) -> None:
    def refuse() -> Sandbox:
        raise SandboxFault("no engine answers", permanent=True)

    shell.sandbox = refuse
    ran = shell.run("check", "add", shell.file("a.py"))
    assert ran.code == 3
    assert "no engine answers" in ran.err
    assert "doctor" in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check", "ad", "a.py"], "add"),
        (["check", "add"], "FILE"),
        (["check"], "QUESTION"),
        (["check", "add", "nowhere.py"], "nowhere.py"),
        (["check", "add", "."], "directory"),
        (["check", "add", "a.py", "--sandbox", "vm"], "vm"),
        (["check", "add", "a.py", "--seed", "-1"], "seed"),
        (["check", "add", "a.py", "--tasks", "nowhere"], "nowhere"),
        (["check", "add", "a.py", "--frobnicate"], "frobnicate"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_names_what_is_wrong(shell: Shell, words: list[str], told: str) -> None:
    shell.file("a.py")
    ran = shell.run(*words)
    assert ran.code == 2
    assert told in ran.err
    assert ran.out == ""


def test_the_options_reach_the_sandbox(shell: Shell) -> None:
    files = [shell.file(f"{number}.py") for number in range(4)]
    shell.run("check", "add", *files, "--sandbox", "local", "--lanes", "3", "--json")
    assert shell.asked == {"name": "local", "lanes": 3, "device": "cpu", "single": False}


def test_no_more_lanes_are_opened_than_there_are_files(shell: Shell) -> None:
    shell.run("check", "add", shell.file("a.py"), "--lanes", "9", "--json")
    assert shell.asked["lanes"] == 1


def test_one_file_is_shown_with_its_cases_and_many_as_a_table(shell: Shell) -> None:
    one = shell.run("check", "add", shell.file("a.py"))
    assert "accepted" in one.out
    assert "✓ a small example" in one.out
    many = shell.run("check", "add", shell.file("a.py"), shell.file("b.py"))
    assert "2 files: 2 accepted" in many.out
    assert "a small example" not in many.out


def test_without_the_reference_it_says_how_many_cases_were_not_run(shell: Shell) -> None:
    class KnowsOneCase(Judge):
        def case(self, number: int, verdict: str) -> dict[str, Any]:
            return super().case(number, verdict if number == 0 else "skipped")

    shutil.move("reference", "elsewhere")
    shell.sandbox = lambda: ThreadSandbox(student(right), KnowsOneCase(["a", "b", "c"]))
    ran = shell.run("check", "add", shell.file("a.py"), "--tasks", "tasks")
    assert ran.code == 0
    assert "2 of 4 cases were not run" in " ".join(ran.out.split())


def test_the_reference_may_lie_anywhere(shell: Shell) -> None:
    shutil.move("reference", "elsewhere")
    ran = shell.run("check", "add", shell.file("a.py"), "--tasks", "tasks", "--reference", "elsewhere")
    assert "not run" not in ran.out


def test_in_a_pipe_there_are_no_terminal_codes(shell: Shell) -> None:
    ran = shell.run("check", "add", shell.file("a.py"))
    assert "\x1b" not in ran.out + ran.err


def test_a_name_with_odd_characters_breaks_nothing(shell: Shell) -> None:
    name = shell.file("a\x1b[31m\n\udcff.py")
    assert "\x1b" not in shell.run("check", "add", name).out
    assert json.loads(shell.run("check", "add", name, "--json").out)["file"] == name


def test_help_needs_neither_torch_nor_an_engine() -> None:
    script = "import sys; from grader.cli.main import main\ntry: main()\nfinally: print('torch' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", script, "check", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert "QUESTION FILE" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "False"


def test_the_stricter_mode_is_asked_for_by_the_environment(shell: Shell) -> None:
    shell.monkeypatch.setenv("GRADER_CONTAINERS", "single")
    shell.run("check", QUESTION, shell.file("a.py"))
    assert shell.asked["single"] is True
