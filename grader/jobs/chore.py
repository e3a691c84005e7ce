"""One kind of background work of a worker, and what it is given to do it with."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Collection
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self

from sqlalchemy.orm import Session

from grader.clock import monotonic_s, utc_now
from grader.errors import SandboxFault
from grader.sandbox.interface import Child, Event, Sandbox, Status
from grader.services.grading import chores as rows
from grader.services.grading.chores import Claim
from grader.store.database import Database
from grader.store.words import Device
from grader.vocab import Limits, Outcome, Role

# How often work that goes on asks whether students wait.
ASK_S = 0.25
WAIT_S = 0.05


class Stopped(Exception):
    """The work is to be dropped: the worker ends, or the row was cancelled or taken away."""


@dataclass(frozen=True, slots=True)
class Chore:
    """A kind of work: the table that is its queue, and what is done with a row of it.

    `work` reads what it needs by `claim.row_id`, calls `context.check()` every now and then, and ends with
    `context.finish(…)`. Whatever it raises is a fault of ours, and the row is tried again, three times in all.
    """

    name: str
    table: rows.Table
    work: Callable[[Claim, Context], None]


class Context:
    """What one piece of work may use. It belongs to the thread that does the work; `stop` may come from any."""

    def __init__(
        self,
        database: Database,
        sandbox: Sandbox,
        places: threading.Semaphore,
        devices: Collection[Device],
        table: rows.Table,
        claim: Claim,
    ) -> None:
        self.database = database
        self.sandbox = OneLane(sandbox)
        self._places = places
        self._devices = devices
        self._table = table
        self._claim = claim
        self._stopped = threading.Event()
        self._asked_s = monotonic_s()

    @property
    def is_stopped(self) -> bool:
        """Whether nothing that comes of this work will be kept."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Have the work end soon; what it runs in the sandbox ends at once."""
        self._stopped.set()
        self.sandbox.end()

    def check(self) -> None:
        """To be called between steps of the work: raises Stopped, and lets students who wait go first."""
        if self.is_stopped:
            raise Stopped
        if monotonic_s() - self._asked_s < ASK_S:
            return
        if self._do_students_wait():
            self._places.release()  # the caller has this one; a student's run takes it now
            try:
                while self._do_students_wait() and not self._stopped.wait(WAIT_S):
                    pass
            finally:
                self._places.acquire()
        self._asked_s = monotonic_s()
        if self.is_stopped:
            raise Stopped

    def tell(self, **values: Any) -> None:
        """Write values into the row, such as how far the work is; raises Stopped when the row is not ours any more."""
        with self.database.transaction() as session:
            is_held = rows.renew(session, self._table, self._claim, utc_now(), **values)
        if not is_held:
            self.stop()
            raise Stopped

    def renew(self) -> None:
        """Keep the row for longer; called by the worker while the work goes on."""
        with self.database.transaction() as session:
            is_held = rows.renew(session, self._table, self._claim, utc_now())
        if not is_held:
            self.stop()

    def finish(self, state: str, write: Callable[[Session], None] | None = None, **values: Any) -> bool:
        """Write how the row ends, and with it what `write` adds; False, and nothing is written, when it is not ours.

        `state` is a word of the table's own, such as "finished"; all of it is one transaction.
        """
        with self.database.transaction() as session:
            if not rows.finish(session, self._table, self._claim, utc_now(), state=state, **values):
                return False
            if write is not None:
                write(session)
        return True

    def _do_students_wait(self) -> bool:
        with self.database.reading() as session:
            return rows.do_students_wait(session, self._devices)


class OneLane:
    """A sandbox of which one lane is used, so that the others stay with students. Closing it closes nothing."""

    lanes = 1

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.name = sandbox.name
        self.device = sandbox.device
        self._children: weakref.WeakSet[Child] = weakref.WeakSet()
        self._over = threading.Event()

    def spawn(self, role: Role, limits: Limits, events: SimpleQueue[Event], *, with_dynamo: bool = False) -> Child:
        """See `Sandbox`; SandboxFault once the work was stopped."""
        if self._over.is_set():
            raise SandboxFault("the work was stopped", permanent=True)
        child = self._sandbox.spawn(role, limits, events, with_dynamo=with_dynamo)
        self._children.add(child)
        if self._over.is_set():
            child.kill(Outcome.ANSWERED)
        return child

    def end(self) -> None:
        """Have no further process, and end those that are there."""
        self._over.set()
        for child in list(self._children):
            child.kill(Outcome.ANSWERED)

    def status(self) -> Status:
        """See `Sandbox`."""
        return self._sandbox.status()

    def close(self) -> None:
        """Nothing: the sandbox is the worker's."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
