"""Keeping child processes running: one that ends is started again, and all end with the parent."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType

import click

from grader.clock import monotonic_s

STOP_S = 8.0
# A child that lived this long has worked; one that ends sooner is started again ever later.
WORKED_S = 10.0
_LATER_S = (0.0, 0.5, 1.0, 2.0, 5.0)
_PASS_S = 0.1


@dataclass
class Child:
    """A program to be kept running."""

    name: str
    command: Sequence[str]
    fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started_s: float = 0.0
    ended_early: int = 0
    start_at_s: float = field(default_factory=monotonic_s)

    def keep(self, now_s: float) -> None:
        """Start it when it is due; see whether it has ended."""
        if self.process is None:
            if now_s >= self.start_at_s:
                # A session of its own: what a terminal sends on ctrl-C is for the parent, which stops all in order.
                self.process = subprocess.Popen(self.command, pass_fds=self.fds, start_new_session=True)
                self.started_s = now_s
        elif (status := self.process.poll()) is not None:
            self.ended_early = 0 if now_s - self.started_s > WORKED_S else self.ended_early + 1
            later_s = _LATER_S[min(self.ended_early, len(_LATER_S) - 1)]
            how = f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
            click.echo(f"the {self.name} ended ({how}); starting it again", err=True)
            self.process = None
            self.start_at_s = now_s + later_s


class Stopped(Exception):
    """Somebody asked to stop."""


def keep_running(children: Sequence[Child]) -> None:
    """Until SIGINT or SIGTERM; then all are stopped, the slow ones killed."""
    before = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        while True:
            for child in children:
                child.keep(monotonic_s())
            time.sleep(_PASS_S)
    except Stopped:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
    finally:
        stop(children)
        for number, handler in before.items():
            signal.signal(number, handler)


def stop(children: Sequence[Child]) -> None:
    """End them all, killing those that take long."""
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    until_s = monotonic_s() + STOP_S
    for process in running:
        try:
            process.wait(timeout=max(0.0, until_s - monotonic_s()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped
