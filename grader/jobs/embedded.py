"""The worker of `grader serve`: the same Celery application and station, with its broker in this very process.

Run as `python -m grader.jobs.embedded`, by grader.cli.serve only; it ends with the process that started it.
"""

from __future__ import annotations

import os
import socket
import threading
import warnings
from dataclasses import replace
from pathlib import Path

import click
from celery.exceptions import SecurityWarning

import grader.jobs.tasks  # noqa: F401  # the tasks themselves
from grader.jobs.configuration import GRADE, SWEEP, SWEEP_S, GraderApp, make_app
from grader.jobs.nudges import listening
from grader.processes import die_with_parent
from grader.settings import SANDBOXES, ServiceSettings, Settings
from grader.store.words import Device


@click.command()
@click.option("--data", "data_dir", required=True, type=click.Path(path_type=Path))
@click.option("--parent", "parent_pid", required=True, type=int)
@click.option("--sandbox", type=click.Choice(SANDBOXES))
@click.option("--lanes", type=int)
def main(data_dir: Path, parent_pid: int, sandbox: str | None, lanes: int | None) -> None:
    """Grade what the site beside this process queues, until SIGTERM."""
    die_with_parent(parent_pid)
    service = ServiceSettings.from_environment(data_dir=data_dir)
    grading = Settings.from_environment()
    app = make_app(
        # Nobody else will take what asks for a card.
        replace(service, devices=tuple(device.value for device in Device)),
        replace(grading, sandbox=sandbox or grading.sandbox, lanes=lanes or grading.lanes),
    )
    app.set_current()
    # Celery fears root for the sake of pickled messages; these are JSON, and from this machine.
    warnings.simplefilter("ignore", SecurityWarning)
    with listening(data_dir) as nudges:
        threading.Thread(target=_pass_on, args=(app, nudges), name="nudges", daemon=True).start()
        threading.Thread(target=_sweep, args=(app,), name="sweep", daemon=True).start()
        worker = app.Worker(
            loglevel="WARNING", quiet=True, without_gossip=True, without_mingle=True, without_heartbeat=True
        )
        worker.start()
    os._exit(worker.exitcode or 0)  # threads that wait for a nudge for ever are not waited for


def _pass_on(app: GraderApp, nudges: socket.socket) -> None:
    """Datagrams from the site become messages to the worker."""
    while True:
        word = nudges.recv(64).decode(errors="replace")
        if word in set(Device):
            app.send_task(GRADE, args=[word], queue=word)


def _sweep(app: GraderApp) -> None:
    """What beat does where there is a broker."""
    pause = threading.Event()
    while not pause.wait(SWEEP_S):
        app.send_task(SWEEP, queue=app.service.devices[0])


if __name__ == "__main__":
    main()
