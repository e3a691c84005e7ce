"""What docs/authoring.md promises of five minutes is done here, block by block."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
BLOCK = re.compile(r"`([^`\s]+)`:?\n\n```\w+\n(.*?)```", re.DOTALL)
COMMANDS = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def test_the_page_leads_from_a_solution_to_a_question_that_may_be_published(tmp_path: Path) -> None:
    section = (PROJECT / "docs" / "authoring.md").read_text().partition("\n## The files\n")[0]
    files = {path: text for path, text in BLOCK.findall(section) if "/" in path or path.endswith(".py")}
    commands = [line for block in COMMANDS.findall(section) for line in block.splitlines()]
    assert [len(files), len(commands)] == [3, 3]
    (tmp_path / "tasks").mkdir()
    (tmp_path / "ridge_loss.py").write_text(files.pop("ridge_loss.py"))
    wrote = run(commands[0], tmp_path)
    assert "wrong_detached.py" in wrote
    assert "TODO" in run(commands[1], tmp_path, fails=True)
    for path, text in files.items():
        assert (tmp_path / path).parent.is_dir()
        (tmp_path / path).write_text(text)
    assert "may be published" in run(commands[1], tmp_path)


def run(command: str, folder: Path, *, fails: bool = False) -> str:
    """What the page's command prints in a folder that holds nothing else."""
    program, *arguments = shlex.split(command)
    assert program == "grader"
    done = subprocess.run(
        [sys.executable, "-m", "grader.cli.main", *arguments, "--sandbox", "local"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "COLUMNS": "160", "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stdout
