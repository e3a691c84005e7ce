"""The backend that needs no container engine: slots on the host, shut in by namespaces, filter and limits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import grader
from grader.sandbox.policy import SLOT_ENVIRONMENT
from grader.sandbox.pool import Pool
from grader.vocab import Role


class ProcessStream:
    """A slot that is a process of this host."""

    def __init__(self, role: Role) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the slot
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-m", "grader.harness.local_slot", role, *_shown_paths()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=SLOT_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._write_to = self._process.stdin.fileno()
        self._read_from = self._process.stdout.fileno()

    def read(self) -> bytes:
        """Some bytes, or none at the end."""
        return os.read(self._read_from, 1 << 18)

    def write(self, data: bytes) -> None:
        """All of `data`."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._write_to, view) :]

    def close(self) -> None:
        """Kill the slot; the kernel ends its pid namespace with it."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def release(self) -> None:
        """Close the pipes and the file of its error output."""
        for file in (self._process.stdin, self._process.stdout, self._errors):
            if file is not None:
                file.close()

    def last_words(self) -> str:
        """The end of its error output."""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - 4000))
        return self._errors.read().decode(errors="replace")


def open_local(*, lanes: int, device: str) -> Pool:
    """The local backend, with its slots starting."""
    pool = Pool("local", ProcessStream, lanes=lanes, device=device)
    pool.start()
    return pool


def _shown_paths() -> list[str]:
    """The folders a slot may read: the interpreter, its libraries, and this package; no tasks, no references."""
    paths = {sys.base_prefix, sys.prefix, sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    paths.add(str(Path(sys.executable).resolve().parent))
    paths.add(str(Path(grader.__file__).resolve().parent))
    # Parents first, so that a folder within a shown one is not mounted twice.
    return sorted(paths)
