"""Announcing that a run waits. The row in the database is the truth; a lost nudge costs time, never a submission."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Full, Queue
from typing import Protocol

from grader.clock import monotonic_s
from grader.jobs.configuration import GRADE, make_app
from grader.settings import ServiceSettings, Settings
from grader.store.words import Device

SOCKET_NAME = "nudges.sock"
# More than this waiting for a broker means that it is gone; whoever grades looks for work by itself then.
MAX_WAITING = 1000
COMPLAIN_S = 30.0

log = logging.getLogger(__name__)


class Nudges(Protocol):
    """Somebody who can wake a worker."""

    def publish(self, device: Device) -> None:
        """Say that a run waits for a worker with this device. Returns quickly and raises nothing."""


def open_nudges(settings: ServiceSettings) -> Nudges:
    """The way to the workers of this deployment."""
    return Datagrams(settings.data_dir) if settings.is_embedded else BrokerNudges(settings)


class BrokerNudges:
    """Through Celery's broker, from a thread of its own: a broker that hangs keeps no request waiting."""

    def __init__(self, settings: ServiceSettings) -> None:
        self._settings = settings
        self._waiting: Queue[Device] = Queue(MAX_WAITING)
        self._lock = threading.Lock()
        self._sender_pid: int | None = None

    def publish(self, device: Device) -> None:
        """See `Nudges`."""
        with contextlib.suppress(Full):
            self._waiting.put_nowait(device)
        if self._sender_pid != os.getpid():
            self._start()

    def _start(self) -> None:
        """One thread for each process: a server may fork after this was made."""
        with self._lock:
            if self._sender_pid != os.getpid():
                self._sender_pid = os.getpid()
                threading.Thread(target=self._send_all, name="nudges", daemon=True).start()

    def _send_all(self) -> None:
        app = make_app(self._settings, Settings.from_environment())
        # A sender's call that gets no answer is over soon; a worker's may wait for messages as long as it likes.
        app.conf.broker_transport_options |= {"socket_timeout": 2.0, "max_retries": 0}
        complained_s: float | None = None
        while True:
            device = self._waiting.get()
            try:
                app.send_task(GRADE, args=[device.value], queue=device.value, retry=False, ignore_result=True)
            except Exception as error:  # noqa: BLE001  # of whatever kind the broker's client raises
                lost = 1 + self._forget()
                if complained_s is None or monotonic_s() - complained_s > COMPLAIN_S:
                    complained_s = monotonic_s()
                    log.warning("no broker, %d nudges lost; workers find the runs by themselves: %s", lost, error)

    def _forget(self) -> int:
        """Drop what waits: it would fail like the last one, and late."""
        count = self._waiting.qsize()
        for _ in range(count):
            self._waiting.get()
        return count


class Datagrams:
    """To the worker beside the site, which listens in the data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    def publish(self, device: Device) -> None:
        """See `Nudges`."""
        # No listener, or one whose buffer is full: it looks by itself anyway.
        with (
            contextlib.suppress(OSError),
            _short_path(self._data_dir) as path,
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender,
        ):
            sender.setblocking(False)
            sender.sendto(device.value.encode(), path)


@contextmanager
def listening(data_dir: Path) -> Iterator[socket.socket]:
    """The other end of `Datagrams`; one process at a time may have it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        (data_dir / SOCKET_NAME).unlink(missing_ok=True)
        with _short_path(data_dir) as path:
            receiver.bind(path)
        yield receiver


@contextmanager
def _short_path(data_dir: Path) -> Iterator[str]:
    """The socket's path; the kernel takes no more than 107 bytes, and data folders may lie deep."""
    folder = os.open(data_dir, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{SOCKET_NAME}"
    finally:
        os.close(folder)
