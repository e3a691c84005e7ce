"""Lanes with their judges kept open, so that many questions in turn do not open a judge for each run."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from grader.pipeline.lane import Lane
from grader.sandbox.interface import Sandbox

# Judges that may stay open beside those at work; each is a forked process of a few MB of its own.
SPARE_JUDGES = 12


class LanePool:
    """Lanes for as many threads as the sandbox has lanes, handed out by what their judge has open."""

    def __init__(self, sandbox: Sandbox, *, spare: int = SPARE_JUDGES) -> None:
        self._sandbox = sandbox
        self._limit = sandbox.lanes + spare
        self._lock = threading.Lock()
        self._made = 0
        self._free: OrderedDict[Lane, str] = OrderedDict()  # to the version open there, the longest unused first

    @contextmanager
    def lane_for(self, version: str) -> Iterator[Lane]:
        """A lane for one run of this version. One that was closed meanwhile is not given out again."""
        lane = self._take(version)
        try:
            yield lane
        finally:
            with self._lock:
                if lane.is_closed:
                    self._made -= 1
                else:
                    self._free[lane] = version

    def close(self) -> None:
        """End the judges of all lanes that nobody uses."""
        with self._lock:
            lanes = list(self._free)
            self._free.clear()
        for lane in lanes:
            lane.close()

    def _take(self, version: str) -> Lane:
        with self._lock:
            lane = next((lane for lane, has in reversed(self._free.items()) if has == version), None)
            if lane is None and self._made >= self._limit and self._free:
                lane = next(iter(self._free))
            if lane is not None:
                del self._free[lane]
                return lane
            self._made += 1
            return Lane(self._sandbox)
