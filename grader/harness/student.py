"""What a confined child runs: it loads one submission and answers calls until its channel closes."""

from __future__ import annotations

import os
import socket
import sys
from types import ModuleType
from typing import Any, cast

from grader.errors import AuthorFault
from grader.harness.load_submission import Entry, load_probe, load_submission
from grader.harness.program import run_call
from grader.harness.tracebacks import Raised
from grader.wire import DEFAULT_BOUNDS, Bounds, FrameReader, OverBound, Value, WireError, decode, encode, pack

_MAX_FAULT_CHARS = 2000
_CHUNK_BYTES = 2**18
_exit = os._exit
_stdout, _stderr = sys.stdout, sys.stderr


def serve(channel_fd: int, bounds: Bounds = DEFAULT_BOUNDS) -> None:
    """Answer the messages of docs/architecture.md, section 2, on a stream socket; ends the process when it closes."""
    channel = socket.socket(fileno=channel_fd)
    child = StudentChild(bounds)
    try:
        reader = FrameReader(bounds.bytes)
        while chunk := channel.recv(_CHUNK_BYTES):
            for message in reader.feed(chunk):
                # At once: should the next call end this process, this answer still counts.
                channel.sendall(pack(child.answer(message)))
    except (OSError, WireError) as error:
        # The submission closed or used the channel, or the grader went away: nobody is left to be told more than this.
        os.write(2, f"the channel failed: {type(error).__name__}\n".encode())
        _exit(1)
    _exit(0)


class StudentChild:
    """One submission and the answers it gives; knows nothing of processes."""

    def __init__(self, bounds: Bounds = DEFAULT_BOUNDS) -> None:
        self._bounds = bounds
        self._entry: Entry | None = None
        self._probe: ModuleType | None = None

    def answer(self, message: bytes) -> bytes:
        """The encoded answer to one encoded message. Raises WireError for bytes that are no message."""
        order = cast("dict[str, Any]", decode(message, self._bounds))
        answer: dict[Any, Value] = {"id": order["id"]} if "id" in order else {}
        try:
            answer.update(self._load(order) if order["op"] == "load" else self._call(order))
        except Raised as raised:
            answer.update(status="raised", error=raised.error)
        except MemoryError:
            answer.update(status="raised", error=_own_error("MemoryError", "no memory was left for the answer"))
        except Exception as fault:  # noqa: BLE001 - our own failure must be told apart from the student's
            answer.update(status="fault", message=_fault(fault))
        _flush()
        try:
            return encode(answer, self._bounds)
        except OverBound as excess:
            return encode(
                {**_identity(answer), "status": "raised", "error": _own_error("AnswerTooLarge", str(excess))},
                self._bounds,
            )

    def _load(self, order: dict[str, Any]) -> dict[str, Value]:
        if order["probe"] is not None:
            self._probe = load_probe(order["probe"])
        self._entry = load_submission(order["source"], order["entry"], order["kind"], order["parameters"])
        return {"status": "ok"}

    def _call(self, order: dict[str, Any]) -> dict[str, Value]:
        if self._entry is None:
            raise AuthorFault("a call before the submission was loaded")
        return {"status": "ok", "observed": run_call(self._entry, self._probe, order, self._bounds)}


def _identity(answer: dict[Any, Value]) -> dict[Any, Value]:
    return {"id": answer["id"]} if "id" in answer else {}


def _own_error(kind: str, why: str) -> dict[str, Value]:
    return {"stage": "observe", "step": None, "type": kind, "message": why, "line": None, "frames": []}


def _fault(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"[:_MAX_FAULT_CHARS].encode("utf-8", "replace").decode()


def _flush() -> None:
    """Bring out what was printed: the process ends without Python's own clean-up."""
    for stream in (_stdout, _stderr, getattr(sys, "stdout", None), getattr(sys, "stderr", None)):
        try:
            stream.flush()  # type: ignore[union-attr]  # None is caught as all else
        except BaseException:  # noqa: BLE001, S112 - a submission may have closed or replaced it; there is nothing to save
            continue
