"""Background work of a worker that is not a grading run: one piece at a time, and never while students wait.

The rows are the truth, as with grading runs: the worker looks for them by itself, any nudge makes it look at once, and
what a lost worker held is taken back when its lease is over.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Sequence
from contextlib import suppress

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from grader.clock import utc_now
from grader.jobs.chore import Chore, Context, Stopped
from grader.jobs.similarity import SIMILARITY
from grader.jobs.verification import VERIFICATION
from grader.sandbox.interface import Sandbox
from grader.services.grading import chores as rows
from grader.services.grading.chores import Claim
from grader.store.database import Database
from grader.store.words import Device

# In the order in which they are looked for.
CHORES: tuple[Chore, ...] = (VERIFICATION, SIMILARITY)

_DATABASE_GONE = (OperationalError, InterfaceError, NoConnection)

log = logging.getLogger(__name__)


class Chores:
    """Does what waits, in a thread of its own. `places` are the station's: one is held while work goes on."""

    def __init__(
        self,
        database: Database,
        sandbox: Sandbox,
        places: threading.Semaphore,
        devices: Collection[Device],
        *,
        look_s: float,
        kinds: Sequence[Chore] = (),
    ) -> None:
        self._database = database
        self._sandbox = sandbox
        self._places = places
        self._devices = devices
        self._look_s = look_s
        self._kinds = kinds or CHORES
        self._due = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._at_work: Context | None = None
        self._thread = threading.Thread(target=self._run, name="chores", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def nudge(self) -> None:
        """Look now: perhaps something waits."""
        self._due.set()

    def beat(self) -> None:
        """Renew the lease of what goes on."""
        with self._lock:
            context = self._at_work
        if context is not None:
            with suppress(*_DATABASE_GONE):
                context.renew()

    def sweep(self) -> None:
        """Take back what lost workers held."""
        with self._database.transaction() as session:
            for kind in self._kinds:
                rows.sweep(session, kind.table, utc_now())

    def stop(self) -> None:
        """Begin nothing more, and drop what goes on: it is begun anew elsewhere."""
        self._stopping.set()
        self._due.set()
        with self._lock:
            context = self._at_work
        if context is not None:
            context.stop()

    def close(self) -> None:
        """Stop, and wait for the end."""
        self.stop()
        if self._thread.is_alive():
            self._thread.join()

    def work(self) -> bool:
        """Do one piece of work if one waits, no student does and a place is free; whether there was one."""
        if self._stopping.is_set() or not self._places.acquire(blocking=False):
            return False
        try:
            taken = self._take()
            if taken is None:
                return False
            self._serve(*taken)
            return True
        finally:
            self._places.release()

    def _run(self) -> None:
        complained = False
        while not self._stopping.is_set():
            self._due.wait(self._look_s)
            self._due.clear()
            try:
                while self.work():
                    pass
                complained = False
            except _DATABASE_GONE as error:
                if not complained:
                    complained = True
                    log.warning("the database does not answer: %s", error)

    def _take(self) -> tuple[Chore, Claim] | None:
        with self._database.reading() as session:
            if rows.do_students_wait(session, self._devices):
                return None
        for kind in self._kinds:
            with self._database.transaction() as session:
                claim = rows.claim(session, kind.table, utc_now())
            if claim is not None:
                return kind, claim
        return None

    def _serve(self, kind: Chore, claim: Claim) -> None:
        context = Context(self._database, self._sandbox, self._places, self._devices, kind.table, claim)
        with self._lock:
            self._at_work = context
        if self._stopping.is_set():
            context.stop()
        try:
            kind.work(claim, context)
        except _DATABASE_GONE as error:
            log.warning("%s %d is left until its lease is over: %s", kind.name, claim.row_id, error)
        except Exception as error:  # noqa: BLE001  # whatever it is, the row must hear of it
            self._after(kind, claim, context, error)
        finally:
            with self._lock:
                self._at_work = None

    def _after(self, kind: Chore, claim: Claim, context: Context, error: Exception) -> None:
        """Nothing is written for a row that is not ours any more."""
        with suppress(*_DATABASE_GONE), self._database.transaction() as session:
            if context.is_stopped or isinstance(error, Stopped):
                rows.put_back(session, kind.table, claim)
            else:
                log.error("%s %d failed", kind.name, claim.row_id, exc_info=error)
                rows.fail(session, kind.table, claim, f"the grader failed: {error}", utc_now())
