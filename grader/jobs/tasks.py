"""What a nudge sets off. Imported by workers (and by beat, which starts nothing), never by the site."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any, cast

from celery import shared_task
from celery.exceptions import Reject
from celery.signals import worker_init, worker_shutdown, worker_shutting_down

from grader.errors import GraderError, SandboxFault, UsageError
from grader.jobs.configuration import GRADE, SWEEP, GraderApp
from grader.jobs.nudges import open_nudges
from grader.jobs.station import Station
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.store.database import Database
from grader.store.words import Device

_START_AGAIN_S = (0.5, 2.0)

log = logging.getLogger(__name__)

# A process is one worker at most.
_station: Station | None = None
_sandbox: Sandbox | None = None


@shared_task(name=GRADE)
def grade(device: str) -> int:
    """Grade what waits for this device; how many runs there were, none if another worker had them."""
    station = _open_station()
    if station.is_stopping:
        raise Reject("this worker is stopping", requeue=True)
    return station.work(Device(device))


@shared_task(name=SWEEP)
def sweep() -> None:
    """Put right what lost workers and lost nudges left behind."""
    _open_station().sweep()


@worker_init.connect
def open_station(sender: Any, **_: object) -> None:
    """Start the sandbox and look for work, before the first nudge is taken. A machine that cannot grade ends here."""
    global _station, _sandbox
    app = cast(GraderApp, sender.app)
    devices = [Device(name) for name in app.service.devices]
    # A question that asks for a card is graded without where there is none, and its result says so.
    card = "cuda" if Device.GPU in devices and Path("/dev/nvidiactl").exists() else "cpu"
    try:
        _sandbox = _start_sandbox(app, card)
    except GraderError as error:
        # Celery would log any other exception and go on.
        raise SystemExit(f"cannot grade here: {error}") from error
    _station = Station(Database(app.service.database_url), _sandbox, open_nudges(app.service), devices=devices)
    _station.start()


@worker_shutting_down.connect
def stop_station(**_: object) -> None:
    """Begin nothing new."""
    if _station is not None:
        _station.stop()


@worker_shutdown.connect
def close_station(**_: object) -> None:
    """End what the worker had started."""
    if _station is not None and _sandbox is not None:
        _station.close()
        _sandbox.close()


def _start_sandbox(app: GraderApp, device: str) -> Sandbox:
    """Several times, unless there is no point in it: an engine that is just starting may fail at first."""
    for pause_s in _START_AGAIN_S:
        try:
            return open_sandbox(app.grading.sandbox, lanes=app.lanes, device=device, single=app.grading.single)
        except SandboxFault as fault:
            if fault.permanent:
                raise
            log.warning("the sandbox did not start: %s", fault)
            time.sleep(pause_s)
    return open_sandbox(app.grading.sandbox, lanes=app.lanes, device=device, single=app.grading.single)


def _open_station() -> Station:
    if _station is None:
        raise UsageError("only a worker grades: start one with `celery -A grader.jobs.app worker`")
    return _station
