"""What a stretch of work costs the whole machine, so that daemons and kernel threads are counted too."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_BUSY = (0, 1, 2, 5, 6)  # user, nice, system, irq, softirq of /proc/stat


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the wall and of all processors together."""

    wall_s: float
    cpu_s: float


class Meter:
    """Started when made; `read` says what has been used since."""

    def __init__(self) -> None:
        self._wall_s = time.perf_counter()
        self._cpu_s = _machine_cpu_s()

    def read(self) -> Cost:
        """Used since the start."""
        return Cost(time.perf_counter() - self._wall_s, _machine_cpu_s() - self._cpu_s)


def background_load(seconds: float = 1.0) -> float:
    """Processors kept busy by others right now, measured by waiting."""
    meter = Meter()
    time.sleep(seconds)
    cost = meter.read()
    return cost.cpu_s / cost.wall_s


def _machine_cpu_s() -> float:
    first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    return sum(int(first[index]) for index in _BUSY) / _TICKS_PER_S
