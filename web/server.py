"""How gunicorn serves the site: `gunicorn --config python:web.server 'web:create_app()'`.

WEB_CONCURRENCY says how many processes there are, one for each core; a thread is taken by every page that waits for a
result, and costs little while it waits.
"""

from __future__ import annotations

import gc
from typing import Any

from prometheus_client import multiprocess

from grader.settings import ServiceSettings

bind = "0.0.0.0:8000"  # in a container; what is published is the engine's matter
worker_class = "gthread"
threads = 48
backlog = 2048
keepalive = 30
timeout = 60
graceful_timeout = 20
# Touched in memory: on a disk under load, writing it could take longer than the limit above.
worker_tmp_dir = "/dev/shm"  # noqa: S108
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True


def post_worker_init(_worker: Any) -> None:
    """Called by gunicorn in each process once the site is made: what is there now stays, and need not be looked at
    again and again for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def child_exit(_server: Any, worker: Any) -> None:
    """Called by gunicorn: what a process that has ended said of itself no longer counts."""
    if ServiceSettings.from_environment().metrics_dir is not None:
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
