"""The task runner is the first thing a newcomer starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HABITS = [
    *("setup", "serve", "demo", "test", "lint", "format", "type", "contracts", "check", "verify", "bank", "pictures"),
    *("migrate", "migration", "image", "servers", "bench", "doctor"),
]


def _dev(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, ROOT / "dev", *args], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("args", [(), ("help",), ("--help",)])
def test_help_lists_every_habit(args: tuple[str, ...]) -> None:
    said = _dev(*args)
    assert said.returncode == 0
    listed = [line.split()[0] for line in said.stdout.splitlines() if line.startswith("  ")]
    assert set(listed) == {*HABITS, "help", "lock"}


def test_a_habit_that_does_not_exist_is_wrong_usage() -> None:
    said = _dev("dance")
    assert said.returncode == 2
    assert "./dev help" in said.stderr


def test_every_version_of_the_lock_is_exact() -> None:
    lines = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert "torch==2.13.0" in pins
    assert all(line.count("==") == 1 and "+" not in line and "@" not in line for line in pins)
