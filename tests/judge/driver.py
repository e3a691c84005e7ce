"""Plays the worker: relays between a judge and a student's program that run in this process, without a sandbox."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from grader.harness.student import StudentChild
from grader.judge.main import Judge
from grader.vocab import Outcome
from grader.wire import DEFAULT_BOUNDS, decode, encode

Said = dict[str, Any]


@dataclass
class Desk:
    """One open question. `grade` returns the report; `faults` and `progress` hold what else the judge said."""

    files: dict[str, bytes]
    faults: list[Said] = field(default_factory=list)
    progress: list[Said] = field(default_factory=list)
    calls: int = 0
    calls_seen: list[bytes] = field(default_factory=list)
    deaths: dict[int, Outcome] = field(default_factory=dict)  # call id → how the process ends during it
    forged: dict[int, bytes] = field(default_factory=dict)  # call id → what comes back instead of an answer
    abandon_after: int | None = None
    wall_s: float = 0.001  # that every call takes

    def __post_init__(self) -> None:
        self.heard: deque[Said] = deque()
        self.judge = Judge(DEFAULT_BOUNDS, lambda message: self.heard.append(self._through_the_wire(message)))
        self.judge.receive({"op": "open", "files": self.files, "device": "cpu"})
        self.opened = self.heard.popleft()

    def _through_the_wire(self, message: Said) -> Said:
        decoded = decode(encode(message))
        assert isinstance(decoded, dict)
        return decoded

    def grade(self, source: str, seed: int = 7, *, only_public: bool = False, explain: bool = True) -> Said:
        """The report on a submission, or the fault of the author."""
        if self.opened["op"] != "opened":
            return self.opened
        student = StudentChild()
        self.calls = 0
        self.calls_seen.clear()
        self.progress.clear()
        order = {"op": "grade", "source": source.encode(), "seed": seed, "only_public": only_public, "explain": explain}
        self.judge.receive(order)
        while True:
            message = self.heard.popleft()
            match message["op"]:
                case "load":
                    self.judge.receive({"op": "loaded", "payload": student.answer(message["payload"])})
                case "call":
                    self._call(student, message)
                case "case":
                    self.progress.append(message["result"])
                case "report":
                    assert not self.heard
                    report: Said = message["report"]
                    return report
                case "author_fault":
                    self.faults.append(message)
                    return message

    def expected(self) -> Said:
        """What `expected.json` should hold."""
        self.judge.receive({"op": "expected"})
        return self.heard.popleft()

    def _call(self, student: StudentChild, message: Said) -> None:
        number = message["id"]
        if self.abandon_after is not None and self.calls >= self.abandon_after:
            self.judge.receive({"op": "abandon"})
            return
        self.calls += 1
        self.calls_seen.append(message["payload"])
        if number in self.deaths:
            outcome = {"op": "outcome", "id": number, "outcome": self.deaths[number].value, "detail": ""}
            self.judge.receive(outcome)
            return
        payload = self.forged[number] if number in self.forged else student.answer(message["payload"])
        self.judge.receive({"op": "answer", "id": number, "payload": payload, "wall_s": self.wall_s})
