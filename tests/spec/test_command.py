"""`grader question` from the outside: what is printed, what is written, and the exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grader.spec import Bank
from tests.spec.conftest import SOUND

ID = "course/tutorial/mse"


def grader(*arguments: str, current: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader.cli.main", *arguments]
    project = str(Path(__file__).parents[2])
    environment = {"PATH": "/usr/bin:/bin", "COLUMNS": "100", "PYTHONPATH": project}
    return subprocess.run(
        command, cwd=current, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture
def folder(bank: Bank) -> Path:
    return bank.tasks_dir.parent


def test_the_list_names_every_question_with_its_points(folder: Path) -> None:
    done = grader("question", "list", current=folder)
    assert done.returncode == 0
    assert [word in done.stdout for word in (*ID.rsplit("/", 1), "Mean squared error", "4")] == [True] * 4


def test_a_faulty_question_is_listed_with_its_fault(folder: Path) -> None:
    (folder / "tasks" / ID / "statement.md").write_text("")
    done = grader("question", "list", "--json", current=folder)
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["question"], done.returncode) == (ID, 0)
    assert "statement.md" in row["fault"]


def test_a_question_is_shown_for_people_and_for_scripts(folder: Path) -> None:
    for_people = grader("question", "show", "mse", current=folder)
    assert "mean_squared_error(given, target)" in for_people.stdout
    assert "three numbers" in for_people.stdout
    shown = json.loads(grader("question", "show", ID, "--json", current=folder).stdout)
    assert shown["entry"] == {"kind": "function", "name": "mean_squared_error", "parameters": ["given", "target"]}
    assert [case["points"] for case in shown["cases"]] == [1, 2, 1]
    assert shown["samples"][1]["diagnosis"] == "sum_for_mean"


def test_an_unknown_question_is_wrong_usage_with_a_suggestion(folder: Path) -> None:
    done = grader("question", "show", "course/tutorial/mze", current=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: no question 'course/tutorial/mze'; did you mean '{ID}'?\n"


def test_a_faulty_question_that_is_asked_for_is_told_in_one_line(folder: Path) -> None:
    (folder / "tasks" / ID / "cases.py").write_text("def (\n")
    done = grader("question", "show", ID, current=folder)
    assert done.returncode == 3
    assert done.stderr == "error: the question is faulty: cases.py:1: not valid Python: invalid syntax\n"


def test_a_new_question_is_written_and_loads(folder: Path) -> None:
    done = grader("question", "new", "course/tutorial/new", "--entry", "f(a, b)", "--json", current=folder)
    assert done.returncode == 0, done.stderr
    written = json.loads(done.stdout)["files"]
    assert all(Path(path).is_file() for path in written)
    assert len([path for path in written if "/reference/" in path]) == 4
    question = Bank(folder / "tasks", folder / "reference").get("course/tutorial/new")
    assert question.has_reference


def test_a_new_question_never_overwrites(folder: Path) -> None:
    done = grader("question", "new", ID, "--entry", "f(a)", current=folder)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert (folder / "tasks" / ID / "statement.md").read_bytes() == SOUND["statement.md"]


@pytest.mark.parametrize(
    "arguments", [("question", "lsit"), ("nothing",), ("question", "verify"), ("question", "show")]
)
def test_wrong_usage_has_its_own_exit_code(folder: Path, arguments: tuple[str, ...]) -> None:
    done = grader(*arguments, current=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error" in done.stderr.lower()


def test_help_imports_nothing_heavy(folder: Path) -> None:
    code = (
        "import sys\nfrom grader.cli.main import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        "print(sorted({'torch', 'numpy', 'rich', 'docker', 'msgspec'} & sys.modules.keys()))"
    )
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.endswith("[]\n")
    assert all(command in done.stdout for command in ("check", "question", "doctor", "bench"))
