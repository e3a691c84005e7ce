"""For Celery's own commands: `celery -A grader.jobs.app worker` and `celery -A grader.jobs.app beat`."""

from __future__ import annotations

from grader.jobs.configuration import make_app
from grader.settings import ServiceSettings, Settings

app = make_app(ServiceSettings.from_environment(), Settings.from_environment())
