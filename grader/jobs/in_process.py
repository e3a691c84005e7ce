"""A Celery broker within one process, that wakes its consumer at once instead of being asked now and then."""

from __future__ import annotations

import threading
from queue import Empty
from typing import Any

from kombu.transport import memory

from grader.clock import monotonic_s

# A consumer that was full and has room again is not told, so it looks by itself.
_LOOK_S = 0.2
_arrived = threading.Event()


class Channel(memory.Channel):
    """A channel of it; the queues are shared by all."""

    def _put(self, queue: str, message: Any, **given: Any) -> None:
        super()._put(queue, message, **given)
        _arrived.set()


class Transport(memory.Transport):
    """What kombu asks for under the name that `grader.jobs.configuration` gives it."""

    Channel = Channel

    def drain_events(self, connection: object, timeout: float | None = None, **_: object) -> None:
        """Deliver one message, waiting for it up to `timeout` seconds; TimeoutError when there was none."""
        del connection
        assert self.cycle is not None
        until_s = None if timeout is None else monotonic_s() + timeout
        while True:
            _arrived.clear()
            try:
                self.cycle.get(self._deliver, timeout=timeout)
            except Empty:
                if until_s is not None and monotonic_s() >= until_s:
                    raise TimeoutError from None
                _arrived.wait(_LOOK_S)
            else:
                return
