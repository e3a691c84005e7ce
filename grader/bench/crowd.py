"""Many people at once: every request has a time at which it is due, and a few threads make them."""

from __future__ import annotations

import heapq
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count

from grader.bench.visitor import Answer, NoAnswer
from grader.clock import monotonic_s

_CALL_S = 60.0


@dataclass(frozen=True, slots=True)
class Request:
    """Something to do at a time: `then` gets the answer, and may plan more."""

    due_s: float
    kind: str
    make: Callable[[HTTPConnection], Answer]
    then: Callable[[Answer | None], Iterable[Request]]


@dataclass
class Crowd:
    """Runs requests when they are due; `waits_s` has, by kind, how long after its time each was answered."""

    port: int
    threads: int = 16
    waits_s: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._heap: list[tuple[float, int, Request]] = []
        self._number = count()
        self._ready = threading.Condition()
        self._busy = 0

    def add(self, requests: Iterable[Request]) -> None:
        """Plan more; from any thread."""
        with self._ready:
            for request in requests:
                heapq.heappush(self._heap, (request.due_s, next(self._number), request))
            self._ready.notify_all()

    def run(self) -> None:
        """Until nothing is planned any more."""
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self.threads)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _work(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_CALL_S)
        while (request := self._next()) is not None:
            answer = None
            try:
                answer = request.make(connection)
            except NoAnswer as error:
                self.complaints.append(str(error))
            self.waits_s[request.kind].append(monotonic_s() - request.due_s)
            more = list(request.then(answer))
            with self._ready:
                self._busy -= 1
                for following in more:
                    heapq.heappush(self._heap, (following.due_s, next(self._number), following))
                self._ready.notify_all()
        connection.close()

    def _next(self) -> Request | None:
        with self._ready:
            while True:
                now_s = monotonic_s()
                if self._heap and self._heap[0][0] <= now_s:
                    self._busy += 1
                    return heapq.heappop(self._heap)[2]
                if not self._heap and not self._busy:
                    return None
                self._ready.wait(self._heap[0][0] - now_s if self._heap else None)
