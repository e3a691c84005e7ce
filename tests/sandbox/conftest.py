"""Both backends, and a way to run a few lines in a confined child of either."""

from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Child, Ended, Ending, Event, Message, Sandbox
from grader.vocab import Limits, Outcome, Role
from grader.wire import Value, decode, encode

# Generous: what is asserted is what happens, not how fast.
WAIT_S = 60


@pytest.fixture(scope="package", params=["local", pytest.param("docker", marks=pytest.mark.docker)])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A backend with two lanes."""
    with open_sandbox(request.param, lanes=2) as opened:
        yield opened


class Visitor:
    """A student's child with a function `f()` loaded, for tests to call."""

    def __init__(self, sandbox: Sandbox, source: str, limits: Limits | None = None) -> None:
        self.events: SimpleQueue[Event] = SimpleQueue()
        self.ended: Ending | None = None
        self.child: Child = sandbox.spawn(Role.STUDENT, limits or Limits(), self.events)
        self.child.send(
            encode({
                "op": "load", "source": source.encode(), "entry": "f", "kind": "function", "parameters": 0,
                "probe": None, "device": "cpu",
            })
        )  # fmt: skip

    def next_event(self) -> Event:
        """What the child or its slot says next."""
        event = self.events.get(timeout=WAIT_S)
        if isinstance(event, Ended):
            self.ended = event.ending
        return event

    def answer(self) -> dict[str, Value]:
        """The next message, which must be one."""
        event = self.next_event()
        assert isinstance(event, Message), event
        said = decode(event.body)
        assert isinstance(said, dict)
        return said

    def call(self) -> None:
        """Ask for f()."""
        self.child.send(
            encode({
                "op": "call", "id": 0, "seed": None, "inputs": {},
                "steps": [{"call": "submission", "args": [], "as": "result"}],
                "observe": [{"what": "value", "of": "result"}],
            })
        )  # fmt: skip

    def value(self) -> Value:
        """What f() returns, for code that is expected to."""
        loaded = self.answer()
        assert loaded["status"] == "ok", loaded
        self.call()
        said = self.answer()
        assert said["status"] == "ok", said
        observed = said["observed"]
        assert isinstance(observed, list)
        return observed[0]

    def ending(self) -> Ending:
        """How the child ended, for code that is expected to end."""
        while not isinstance(event := self.next_event(), Ended):
            assert isinstance(event, Message), event
        return event.ending

    def leave(self) -> Ending:
        """End the child and wait until it is gone."""
        self.child.kill(Outcome.ANSWERED)
        return self.ended or self.ending()


def visit(sandbox: Sandbox, source: str, limits: Limits | None = None) -> Value:
    """Run f() of `source` in a fresh child and return its value."""
    visitor = Visitor(sandbox, source, limits)
    try:
        return visitor.value()
    finally:
        visitor.leave()
