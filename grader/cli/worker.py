"""`grader worker`: Celery's worker under a name that is easy to find."""

from __future__ import annotations

import importlib

import click

from grader.errors import UsageError
from grader.settings import ServiceSettings


@click.command()
@click.option("--loglevel", default="INFO", show_default=True, help="How much it says.")
@click.option("--with-beat", is_flag=True, help="Also send the sweeper's beats; for one worker of a deployment.")
def worker(loglevel: str, with_beat: bool) -> None:
    """Grade what the site queues, as `celery -A grader.jobs.app worker` does; set by GRADER_… variables."""
    if ServiceSettings.from_environment().is_embedded:
        raise UsageError("GRADER_BROKER_URL is not set: a worker needs a broker. `grader serve` needs neither.")
    app = importlib.import_module("grader.jobs.app").app
    app.worker_main(["worker", "--loglevel", loglevel, *(["--beat"] if with_beat else [])])
