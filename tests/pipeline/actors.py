"""A sandbox whose processes are threads: everything but the operating system's process is as in production."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self, cast

from grader.sandbox.interface import Broken, Ended, Ending, Event, Message, Status
from grader.spec.model import Case, Entry, Group, QuestionSpec
from grader.spec.question import Question
from grader.vocab import Limits, Outcome, Role, Visibility
from grader.wire import decode, encode

Said = dict[str, Any]


class Killed(Exception):
    """Raised inside an actor at the next word after it was killed."""


class Dies(Exception):
    """An actor's way to end its process."""

    def __init__(self, outcome: Outcome, detail: str = "") -> None:
        self.ending = Ending(outcome, detail)


class SlotFails(Exception):
    """An actor's way to make its slot fail."""


class ThreadChild:
    """A `Child` that is a thread; `hear` and `say` are the thread's end of the channel."""

    def __init__(self, role: Role, program: Callable[[ThreadChild], None], events: SimpleQueue[Event]) -> None:
        self.role = role
        self.wrote = ""
        self.used_cpu_s: float | None = None  # what its ending says of it
        self._events = events
        self._inbox: SimpleQueue[bytes | None] = SimpleQueue()
        self._killed: Outcome | None = None
        self._program = program
        self.thread = threading.Thread(target=self._live, daemon=True)
        self.thread.start()

    def send(self, body: bytes) -> None:
        self._inbox.put(body)

    def kill(self, outcome: Outcome) -> None:
        self._killed = self._killed or outcome
        self._inbox.put(None)

    def printed(self) -> str:
        return self.wrote

    def hear(self) -> bytes:
        body = self._inbox.get()
        if body is None or self._killed is not None:
            raise Killed
        return body

    def say(self, body: bytes) -> None:
        if self._killed is not None:
            raise Killed
        self._events.put(Message(self, body))

    def hang(self) -> None:
        """Never answer; ends only by being killed."""
        while True:
            self.hear()

    def _live(self) -> None:
        try:
            self._program(self)
            ending = Ending(Outcome.EXITED, "exit status 0")
        except Killed:
            assert self._killed is not None
            ending = Ending(self._killed, "ended by the grader", cpu_s=self.used_cpu_s)
        except Dies as death:
            ending = death.ending
        except SlotFails as failure:
            self._events.put(Broken(self, str(failure)))
            return
        self._events.put(Ended(self, ending))


@dataclass
class ThreadSandbox:
    """A `Sandbox` of threads that remembers whom it made."""

    student: Callable[[ThreadChild], None]
    judge: Callable[[ThreadChild], None]
    lanes: int = 1
    name: str = "local"
    device: str = "cpu"
    children: list[ThreadChild] = field(default_factory=list)

    def spawn(
        self,
        role: Role,
        limits: Limits,
        events: SimpleQueue[Event],
        *,
        with_dynamo: bool = False,  # noqa: ARG002 - a thread imports nothing
    ) -> ThreadChild:
        del limits  # a thread has none
        child = ThreadChild(role, self.student if role is Role.STUDENT else self.judge, events)
        self.children.append(child)
        return child

    def made(self, role: Role) -> int:
        return sum(child.role is role for child in self.children)

    def status(self) -> Status:
        return Status("local", usable=True, layers={}, missing={})

    def close(self) -> None:
        for child in self.children:
            child.kill(Outcome.EXITED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def tell(child: ThreadChild, **said: Any) -> None:
    child.say(encode(said))


def told(child: ThreadChild) -> Said:
    return cast("Said", decode(child.hear()))


@dataclass
class Judge:
    """A judge that sends one call a case, all at once, and takes the answer `right` for right.

    It decides nothing that production's would not: an outcome is a verdict, `abandon` settles the rest.
    """

    cases: list[str]
    heard: list[Said] = field(default_factory=list)
    opened: int = 0

    def __call__(self, child: ThreadChild) -> None:
        assert told(child)["op"] == "open"
        self.opened += 1
        tell(child, op="opened", version="v", torch="2")
        while True:
            order = told(child)
            if order["op"] == "grade":
                self.run(child, order)

    def run(self, child: ThreadChild, order: Said) -> None:
        tell(child, op="load", payload=b"load")
        for number, name in enumerate(self.cases):
            tell(child, op="call", id=number, payload=name.encode())
        verdicts: dict[int, str] = {}
        while len(verdicts) < len(self.cases):
            message = told(child)
            self.heard.append(message)
            if message["op"] == "answer":
                number = message["id"]
                verdicts[number] = "accepted" if message["payload"] == b"right" else "wrong_answer"
                tell(child, op="case", result=self.case(number, verdicts[number]))
            elif message["op"] == "outcome" and message["id"] is not None:
                verdicts[message["id"]] = verdict_of(message["outcome"])
            elif message["op"] == "abandon" or message["op"] == "outcome":
                verdict = "time_limit" if message["op"] == "abandon" else verdict_of(message["outcome"])
                verdicts = {number: verdicts.get(number, verdict) for number in range(len(self.cases))}
        tell(child, op="report", report=self.report(verdicts, order["seed"]))

    def case(self, number: int, verdict: str) -> Said:
        return {
            "name": self.cases[number],
            "visibility": "public",
            "group": "value",
            "verdict": verdict,
            "points": float(verdict == "accepted"),
            "max_points": 1.0,
            "diagnosis": None,
            "message": "",
            "hint": None,
            "details": {
                "worst": None,
                "counterexample": None,
                "frames": [],
                "staff_note": None,
                "wall_s": None,
                "curve": None,
            },
        }

    def report(self, verdicts: dict[int, str], seed: int) -> Said:
        cases = [self.case(number, verdicts[number]) for number in range(len(self.cases))]
        score = sum(case["points"] for case in cases)
        return {
            "verdict": "accepted" if score == len(cases) else "partial" if score else cases[0]["verdict"],
            "score": score,
            "max_score": float(len(cases)),
            "loaded": True,
            "cases": cases,
            "provenance": {"version": "v", "torch": "2", "device": "cpu", "seed": seed, "tolerances": {}},
        }


def verdict_of(outcome: str) -> str:
    limits = {"wall_time": "time_limit", "cpu_time": "time_limit", "memory": "memory_limit", "output": "output_limit"}
    return limits.get(outcome, "runtime_error")


def student(answer: Callable[[ThreadChild, str], bytes]) -> Callable[[ThreadChild], None]:
    """A process that loads at once and answers each call with what `answer` makes of its payload."""

    def program(child: ThreadChild) -> None:
        assert child.hear() == b"load"
        child.say(b"ok")
        while True:
            child.say(answer(child, child.hear().decode()))

    return program


def question(cases: list[str], limits: Limits | None = None, *, has_reference: bool = True) -> Question:
    spec = QuestionSpec(
        title="t",
        kind="code",
        source="s",
        entry=Entry("function", "f", ("x",)),
        limits=limits or Limits(wall_s=5.0, total_wall_s=20.0),
        groups=(Group("value", float(len(cases))),),
        cases=tuple(Case(name, "value", Visibility.PUBLIC, "make", seed=1) for name in cases),
    )
    files = {"question.toml": b""} | ({"reference/solution.py": b""} if has_reference else {})
    return Question("course/tutorial/question", spec, files, "v")


def right(child: ThreadChild, call: str) -> bytes:
    """An answer to every call."""
    return b"right"
