"""Memory is counted of the right processes."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from grader.bench.memory import Watch

MARKER = "a-marker-for-memory"
HOLDER = f"x = bytearray(64 * 2**20); print('ready', flush=True); input()  # {MARKER}"


def _holder() -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLDER], stdin=-1, stdout=-1, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.communicate("\n")


def test_the_peak_is_what_the_marked_processes_hold() -> None:
    watch = Watch(MARKER)
    process = _holder()
    try:
        assert watch.peak_mib(lambda: time.sleep(0.3)) == pytest.approx(70, abs=15)
    finally:
        _end(process)


def test_processes_that_were_there_before_are_not_counted() -> None:
    process = _holder()
    try:
        assert Watch(MARKER).peak_mib(lambda: time.sleep(0.2)) == 0.0
    finally:
        _end(process)
