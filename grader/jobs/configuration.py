"""How the Celery application is set up: nudges travel as JSON, one queue for each device, and nothing comes back.

Imported by the site too, so it names the worker's side (`grader.jobs.tasks`) and does not import it.
"""

from __future__ import annotations

import os

from celery import Celery
from kombu import Queue
from kombu.transport import TRANSPORT_ALIASES

from grader.settings import ServiceSettings, Settings
from grader.store.words import Device

GRADE = "grader.grade"
SWEEP = "grader.sweep"
SWEEP_S = 3.0
# A broker that takes longer than this for one call is as good as gone.
BROKER_CALL_S = 2.0
# A nudge that a killed worker held is given out again after this time, should its run still wait then.
REDELIVER_S = 60
_IN_PROCESS = "grader-in-process"


class GraderApp(Celery):
    """Celery's application, with the settings that its workers need."""

    service: ServiceSettings
    grading: Settings

    @property
    def lanes(self) -> int:
        """How many submissions a worker of this machine grades at the same time."""
        return self.grading.lanes or len(os.sched_getaffinity(0))


def make_app(service: ServiceSettings, grading: Settings) -> GraderApp:
    """An application for these settings; no connection is made before one is needed."""
    app = GraderApp("grader")
    app.service = service
    app.grading = grading
    TRANSPORT_ALIASES[_IN_PROCESS] = "grader.jobs.in_process:Transport"
    app.conf.update(
        broker_url=f"{_IN_PROCESS}://localhost" if service.is_embedded else service.broker_url,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_connection_timeout=BROKER_CALL_S,
        broker_transport_options={} if service.is_embedded else _redis_options(),
        imports=("grader.jobs.tasks",),
        accept_content=["json"],
        task_serializer="json",
        result_serializer="json",
        task_ignore_result=True,
        task_acks_late=True,
        task_default_queue=Device.CPU.value,
        task_queues=[Queue(device) for device in service.devices],
        task_create_missing_queues=True,
        task_routes={SWEEP: {"queue": service.devices[0]}},
        worker_prefetch_multiplier=1,
        worker_pool="threads",
        worker_concurrency=app.lanes,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_enable_remote_control=not service.is_embedded,
        worker_send_task_events=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        beat_schedule={"sweep": {"task": SWEEP, "schedule": SWEEP_S, "options": {"expires": SWEEP_S}}},
        beat_scheduler="celery.beat:Scheduler",  # keeps no file: a beat is due at once after a restart
        timezone="UTC",
    )
    return app


def _redis_options() -> dict[str, object]:
    return {
        "visibility_timeout": REDELIVER_S,
        "socket_connect_timeout": BROKER_CALL_S,
        "socket_keepalive": True,
        "health_check_interval": 10,
    }
