"""The site of `grader serve`: gunicorn on a socket that the parent has opened.

Run as `python -m grader.cli.serve_site`, by grader.cli.serve only; it ends with the process that started it.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from grader.processes import die_with_parent
from grader.settings import ServiceSettings
from web import create_app

# Pages that wait for results hold a thread each.
THREADS = 32
# Streams of waiting pages never end by themselves.
STOP_S = 2


class Site(BaseApplication):
    """One process with many threads: a laptop has one site, and SQLite one writer."""

    def __init__(self, service: ServiceSettings, listening_fd: int) -> None:
        self._service = service
        self._listening_fd = listening_fd
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn."""
        chosen: dict[str, Any] = {
            "bind": f"fd://{self._listening_fd}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "keepalive": 30,
            "timeout": 60,
            "graceful_timeout": STOP_S,
            "worker_tmp_dir": "/dev/shm",  # noqa: S108  # gunicorn makes a file of its own there
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "grader-site",
            "post_fork": _follow_arbiter,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Called by gunicorn, in the process that serves: Flask's application."""
        return create_app(self._service)


def _follow_arbiter(arbiter: Any, _worker: object) -> None:
    die_with_parent(arbiter.pid)


@click.command()
@click.option("--data", "data_dir", required=True, type=click.Path(path_type=Path))
@click.option("--parent", "parent_pid", required=True, type=int)
@click.option("--fd", "listening_fd", required=True, type=int)
def main(data_dir: Path, parent_pid: int, listening_fd: int) -> None:
    """Serve the site until SIGTERM."""
    die_with_parent(parent_pid)
    logging.basicConfig(level=logging.WARNING)
    os.set_inheritable(listening_fd, True)
    Site(ServiceSettings.from_environment(data_dir=data_dir), listening_fd).run()


if __name__ == "__main__":
    main()
