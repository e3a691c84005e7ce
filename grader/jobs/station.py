"""Where a worker grades: claims runs, keeps their leases, writes their results. Nothing here knows Celery.

Everything is safe to lose at any moment: a run whose worker is gone is taken back when its lease ends, and a result is
written only while the lease is held.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from grader.clock import monotonic_s, utc_now
from grader.errors import AuthorFault
from grader.jobs.chores import Chores
from grader.jobs.judges import LanePool
from grader.jobs.nudges import Nudges
from grader.jobs.orphans import release_orphans
from grader.jobs.versions import Versions
from grader.pipeline.feedback import Audience, shown_case
from grader.pipeline.grade import grade
from grader.pipeline.lane import Lane
from grader.pipeline.order import CaseResult, GradingOrder, RunReport, case_json
from grader.processes import this_process
from grader.sandbox.image import tag
from grader.sandbox.interface import Sandbox
from grader.services.grades import standings
from grader.services.grading import runs
from grader.services.regrades import regrade_steps
from grader.spec.question import Question
from grader.store.database import Database
from grader.store.words import Device

# A worker that hears nothing looks for work by itself, and for what others left behind.
LOOK_S = 2.0
HEARTBEAT_S = runs.LEASE_S / 4
# Most runs are over before anybody could read how far they are.
FIRST_PROGRESS_S = 0.15
PROGRESS_S = 0.2
RETRY_S = 0.5
# What is not over by then after the order to stop is given back.
STOP_S = 8.0
# Batches of a regrade in one sweep: the next sweep goes on, and meanwhile others write.
REGRADE_STEPS = 10
# The same of standings that are to be derived anew, some tenths of a second each.
STANDING_STEPS = 10

DATABASE_GONE = (OperationalError, InterfaceError, NoConnection)

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Running:
    """A run in this worker's hands."""

    claim: runs.Claim
    lane: Lane | None = None
    started_s: float = field(default_factory=monotonic_s)
    cases: dict[str, CaseResult] = field(default_factory=dict)
    told: int = 0  # of `heard`, how many are in the database
    heard: int = 0
    is_lost: bool = False  # somebody else has the run by now
    is_stopped: bool = False

    def on_case(self, case: CaseResult) -> None:
        """Called as each case is decided."""
        self.cases[case.name] = case
        self.heard += 1

    def stop(self) -> None:
        """Break the grading off."""
        self.is_stopped = True
        if self.lane is not None:
            self.lane.close()


class Station:
    """A sandbox, its lanes and the queue they serve. `work` may be called from as many threads as one likes."""

    def __init__(
        self,
        database: Database,
        sandbox: Sandbox,
        nudges: Nudges,
        *,
        devices: Sequence[Device],
        heartbeat_s: float = HEARTBEAT_S,
        look_s: float = LOOK_S,
    ) -> None:
        self._database = database
        self._sandbox = sandbox
        self._nudges = nudges
        self._devices = devices
        self._heartbeat_s = heartbeat_s
        self._look_s = look_s
        self._name = this_process()
        self._versions = Versions(database)
        self._lanes = LanePool(sandbox)
        self._places = threading.BoundedSemaphore(sandbox.lanes)
        self._lock = threading.Lock()
        self._running: set[Running] = set()
        self._some_run = threading.Event()
        self._stopping = threading.Event()
        self._closed = threading.Event()
        self._gives_back = False
        self._chores = Chores(database, sandbox, self._places, devices, look_s=look_s)
        self._own_threads = ThreadPoolExecutor(sandbox.lanes, thread_name_prefix="look")
        self._loops = [
            threading.Thread(target=loop, name=name, daemon=True)
            for name, loop in (("look", self._look), ("heartbeat", self._beat), ("progress", self._tell))
        ]

    def start(self) -> None:
        """Take back what killed predecessors held, and begin to look for work."""
        with suppress(*DATABASE_GONE):
            with self._database.transaction() as session:
                release_orphans(session, utc_now())
            self.sweep()
        for loop in self._loops:
            loop.start()
        self._chores.start()

    def work(self, device: Device) -> int:
        """Grade what waits for this device until nothing does; how many there were. Waits for a free lane first."""
        self._chores.nudge()
        with self._places:
            return self._work(device)

    def sweep(self) -> None:
        """Put right what lost workers left behind, and announce what waits unheard."""
        with self._database.transaction() as session:
            swept = runs.sweep(session, utc_now())
        self._chores.sweep()
        self._step_regrades()
        self._step_standings()
        if swept.failed:
            log.error("%d runs failed: their workers disappeared %d times", swept.failed, runs.MAX_LOST_TRIES)
        for device, count in swept.to_nudge.items():
            for _ in range(min(count, 2 * self._sandbox.lanes)):
                self._nudges.publish(device)

    def _step_regrades(self) -> None:
        """Some batches of what staff have regraded, each a transaction of its own."""
        for _ in range(REGRADE_STEPS):
            with self._database.transaction() as session:
                if not regrade_steps.step(session, utc_now()):
                    return

    def _step_standings(self) -> None:
        """Some of what pages over a class would wait for too long, each batch a transaction of its own."""
        for _ in range(STANDING_STEPS):
            if self._stopping.is_set():
                return
            with self._database.transaction() as session:
                if not standings.step(session):
                    return

    @property
    def is_stopping(self) -> bool:
        """Whether no new run is begun any more."""
        return self._stopping.is_set()

    def stop(self, within_s: float = STOP_S) -> None:
        """Begin no new run, and give back after `within_s` what is not over then. Returns at once."""
        if not self._stopping.is_set():
            self._stopping.set()
            self._chores.stop()
            threading.Thread(target=self._give_up, args=(within_s,), name="stop", daemon=True).start()

    def close(self) -> None:
        """Stop, wait for what runs, end the judges. Again does nothing."""
        if self._closed.is_set():
            return
        self.stop()
        self._chores.close()
        self._own_threads.shutdown()
        for _ in range(self._sandbox.lanes):
            self._places.acquire()
        self._closed.set()
        self._some_run.set()
        for loop in self._loops:
            if loop.is_alive():
                loop.join()
        self._lanes.close()

    def _work(self, device: Device) -> int:
        done = 0
        with suppress(*DATABASE_GONE):  # whoever looks again says so
            while not self._stopping.is_set() and (claim := self._claim(device)) is not None:
                self._serve(Running(claim))
                done += 1
        return done

    def _claim(self, device: Device) -> runs.Claim | None:
        with self._database.transaction() as session:
            return runs.claim(session, device, self._name, utc_now())

    def _serve(self, running: Running) -> None:
        """One claimed run to its end, whatever happens."""
        with self._lock:
            self._running.add(running)
            if self._gives_back:
                running.stop()
        self._some_run.set()
        try:
            self._deliver(running, self._ending(running))
        finally:
            with self._lock:
                self._running.discard(running)
                if not self._running:
                    self._some_run.clear()

    def _ending(self, running: Running) -> Callable[[], None] | None:
        """Grade; what is then to be written, None for nothing."""
        claim = running.claim
        try:
            question = self._versions.question(claim.version_id)
            report = self._grade(running, question)
        except AuthorFault as fault:
            return partial(self._fail, claim, f"the published question cannot be read: {fault}", retry=False)
        except DATABASE_GONE as error:
            return partial(self._put_back, claim, f"the database went away: {error}")
        except Exception as error:
            log.exception("run %d", claim.run_id)
            return partial(self._fail, claim, f"the grader failed: {error!r}", retry=True)
        if running.is_lost:
            return None
        if not report.graded and running.is_stopped:
            return partial(self._put_back, claim, "the worker was stopped")
        return partial(self._finish, claim, report)

    def _grade(self, running: Running, question: Question) -> RunReport:
        claim = running.claim
        order = GradingOrder(question, claim.source, claim.seed, claim.only_public)
        with self._lanes.lane_for(question.version) as lane:
            running.lane = lane
            if running.is_stopped:
                lane.close()
            return grade(order, lane, running.on_case)

    def _deliver(self, running: Running, write: Callable[[], None] | None) -> None:
        """Write the ending, keeping it in memory while the database is away."""
        complained = False
        while write is not None and not running.is_lost:
            try:
                write()
                return
            except DATABASE_GONE as error:
                if not complained:
                    complained = True
                    log.warning("run %d waits for the database: %s", running.claim.run_id, error)
                # Gone for good when this worker is to end: whoever comes after it has the run once its lease is over.
                if self._closed.wait(RETRY_S) or running.is_stopped:
                    return
            except Exception as error:
                log.exception("the result of run %d cannot be kept", running.claim.run_id)
                write = partial(self._fail, running.claim, f"the result cannot be kept: {error!r}", retry=True)

    def _finish(self, claim: runs.Claim, report: RunReport) -> None:
        with self._database.transaction() as session:
            kept = runs.finish(session, claim, report, image=self._image, now=utc_now())
        if not kept:
            log.info("run %d was taken over by another worker; this result is dropped", claim.run_id)
        elif report.fault is not None:
            log.error("run %d could not be graded: %s", claim.run_id, report.fault.message)

    def _fail(self, claim: runs.Claim, fault: str, *, retry: bool) -> None:
        with self._database.transaction() as session:
            runs.fail(session, claim, fault, retry=retry, now=utc_now())

    def _put_back(self, claim: runs.Claim, why: str) -> None:
        """As if it had not been taken: this is no failure of the run, so it may be tried as often as before."""
        with self._database.transaction() as session:
            runs.put_back(session, claim, why, now=utc_now())

    @cached_property
    def _image(self) -> str | None:
        return tag("sandbox") if self._sandbox.name == "docker" else None

    def _look(self) -> None:
        complained = False
        while not self._stopping.wait(self._look_s * random.uniform(0.75, 1.25)):  # noqa: S311  # so that workers take turns
            try:
                self.sweep()
                for device in self._devices:
                    self._look_for(device)
                complained = False
            except DATABASE_GONE as error:
                if not complained:
                    complained = True
                    log.warning("the database does not answer: %s", error)

    def _look_for(self, device: Device) -> None:
        """Take one run, if a lane is free; whoever gets one lets the next lane look, too."""
        if self._stopping.is_set() or not self._places.acquire(blocking=False):
            return
        try:
            claim = self._claim(device)
        except BaseException:
            self._places.release()
            raise
        if claim is None:
            self._places.release()
            return
        try:
            self._own_threads.submit(self._serve_found, claim, device)
        except RuntimeError:  # closed meanwhile
            self._places.release()
            self._put_back(claim, "the worker was stopped")

    def _serve_found(self, claim: runs.Claim, device: Device) -> None:
        try:
            with suppress(*DATABASE_GONE):
                self._look_for(device)
            self._serve(Running(claim))
            self._work(device)
        finally:
            self._places.release()

    def _beat(self) -> None:
        while not self._closed.wait(self._heartbeat_s):
            self._chores.beat()
            with self._lock:
                running = list(self._running)
            if not running:
                continue
            try:
                with self._database.transaction() as session:
                    held = runs.heartbeat(session, [run.claim.lease_token for run in running], utc_now())
            except DATABASE_GONE:
                continue
            with self._lock:
                lost = [run for run in running if run.claim.lease_token not in held and run in self._running]
            for run in lost:
                log.warning("run %d was taken from this worker", run.claim.run_id)
                run.is_lost = True
                run.stop()

    def _tell(self) -> None:
        while self._some_run.wait() and not self._closed.wait(PROGRESS_S / 2):
            with self._lock:
                running = list(self._running)
            for run in running:
                if run.heard > run.told and monotonic_s() - run.started_s > FIRST_PROGRESS_S:
                    heard = run.heard
                    cases = [case_json(shown_case(case, Audience.STUDENT)) for case in list(run.cases.values())]
                    with suppress(*DATABASE_GONE), self._database.transaction() as session:
                        runs.report_progress(session, run.claim, cases, utc_now())
                    run.told = heard

    def _give_up(self, within_s: float) -> None:
        if not self._closed.wait(within_s):
            with self._lock:
                self._gives_back = True
                running = list(self._running)
            for run in running:
                run.stop()
