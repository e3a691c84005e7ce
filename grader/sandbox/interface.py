"""What the pipeline may ask of a sandbox, whichever backend serves it."""

from __future__ import annotations

from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import Protocol, Self

from grader.vocab import Limits, Outcome, Role


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child's life ended, as the runtime saw it."""

    outcome: Outcome
    detail: str = ""  # for people: "signal SIGSEGV", "exit status 3"
    peak_memory_mib: float | None = None
    cpu_s: float | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One whole message (without its length prefix) that a child sent."""

    child: Child
    body: bytes


@dataclass(frozen=True, slots=True)
class Ended:
    """A child is gone. Nothing of it is left when this arrives."""

    child: Child
    ending: Ending


@dataclass(frozen=True, slots=True)
class Broken:
    """The slot itself failed; the child's work must be done again elsewhere."""

    child: Child
    reason: str


Event = Message | Ended | Broken


class Child(Protocol):
    """One confined process, serving one submission or one question."""

    role: Role

    def send(self, body: bytes) -> None:
        """Queue one message; never blocks on the child. After the child's end it is dropped in silence."""

    def kill(self, outcome: Outcome) -> None:
        """End it and everything it started; its `Ended` event carries `outcome` and follows soon."""

    def printed(self) -> str:
        """The head of what it wrote to stdout and stderr so far, decoded leniently."""


@dataclass(frozen=True, slots=True)
class Status:
    """What `grader doctor` reports of a backend."""

    backend: str
    usable: bool
    layers: dict[str, bool]  # confinement layer → in force
    missing: dict[str, str]  # layer → why it is missing and what to do
    mode: str = "shared"  # "shared": one forked child a submission · "single": one container a submission
    torch: str | None = None
    device: str = "cpu"


class Sandbox(Protocol):
    """A backend with its slots. Thread-safe; used as a context manager."""

    name: str  # "docker" | "local"
    device: str  # "cpu" | "cuda"
    lanes: int  # submissions that may run at the same time

    def spawn(self, role: Role, limits: Limits, events: SimpleQueue[Event], *, with_dynamo: bool = False) -> Child:
        """A fresh confined child whose events arrive in `events`. Blocks until a lane is free and the child exists.

        `with_dynamo` says that it will want torch's compiler, as optimizers do: it has it in memory then. Any other
        child can import it too, which takes a second of its own time.

        Raises SandboxFault when none can be had.
        """

    def status(self) -> Status: ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
