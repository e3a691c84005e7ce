"""Telling the workers that there is something to grade."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from grader.jobs.nudges import Nudges, open_nudges
from grader.settings import ServiceSettings


def install(app: Flask) -> None:
    """One connection to the broker for the process."""
    settings: ServiceSettings = app.extensions["grader.settings"]
    app.extensions["grader.nudges"] = open_nudges(settings)


def nudges() -> Nudges:
    """Where to announce a run, after its transaction is committed."""
    return cast(Nudges, current_app.extensions["grader.nudges"])
