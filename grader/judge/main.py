"""What a confined judge's child runs: it opens one question and grades submissions until its channel closes."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from typing import Any

import torch

from grader.errors import AuthorFault, WireError
from grader.judge.conversation import Conversation, Order
from grader.judge.open_question import OpenQuestion
from grader.wire import DEFAULT_BOUNDS, Bounds, FrameReader, decode, encode, pack

# A message for the judge holds a student's whole answer, and the question's files come in one message.
_ROOM_BYTES = 16 * 2**20
_CHUNK_BYTES = 2**18


def serve(channel_fd: int, bounds: Bounds = DEFAULT_BOUNDS) -> None:
    """Answer the messages of docs/architecture.md, section 3, on a stream socket until it closes."""
    with socket.socket(fileno=channel_fd) as channel:
        outer = _wide(bounds)
        said = bytearray()

        def flush() -> None:
            channel.sendall(said)
            said.clear()

        judge = Judge(bounds, lambda message: said.extend(pack(encode(message, outer))), flush)
        reader = FrameReader(outer.bytes)
        while chunk := channel.recv(_CHUNK_BYTES):
            for body in reader.feed(chunk):
                message = decode(body, outer)
                if not isinstance(message, dict):
                    raise WireError("a message that is no dict")
                judge.receive(message)
            flush()


def _wide(bounds: Bounds) -> Bounds:
    return Bounds(
        bytes=bounds.bytes + _ROOM_BYTES,
        depth=bounds.depth + 8,
        items=2 * bounds.items,
        array_bytes=bounds.array_bytes,
        str_bytes=bounds.str_bytes,
    )


class Judge:
    """One question and the grading in progress; knows nothing of sockets."""

    def __init__(self, bounds: Bounds, tell: Any, flush: Callable[[], None] = lambda: None) -> None:
        self._bounds = bounds
        self._tell = tell
        self._flush = flush
        self._question: OpenQuestion | None = None
        self._conversation: Conversation | None = None

    def receive(self, message: Mapping[str, Any]) -> None:
        """Take in one message; everything that is the author's fault ends what was asked for with `author_fault`."""
        try:
            self._receive(message)
        except AuthorFault as fault:
            self._conversation = None
            self._tell(
                {
                    "op": "author_fault",
                    "message": fault.message,
                    "where": fault.where,
                    "key": fault.key,
                    "line": fault.line,
                }
            )

    def _receive(self, message: Mapping[str, Any]) -> None:
        match message:
            case {"op": "open", "files": dict(files), "device": str(device)}:
                self._question = OpenQuestion(files, device)
                self._tell({"op": "opened", "version": self._question.version, "torch": str(torch.__version__)})
            case {"op": "grade", "seed": int(seed), "only_public": bool(only_public), "explain": bool(explain)}:
                source = message.get("source", b"")
                order = Order(
                    source if isinstance(source, bytes) else b"",
                    seed,
                    only_public,
                    explain,
                    progress=message.get("progress") is not False,
                )
                self._conversation = Conversation(self._opened(), order, self._bounds, self._tell, self._flush)
                self._conversation.begin()
            case {"op": "expected"}:
                self._tell({"op": "expected", "cases": self._opened().public_expectations()})
            case _:
                # What still comes in of a grading that has ended is of no interest.
                if self._conversation is not None:
                    self._conversation.receive(dict(message))

    def _opened(self) -> OpenQuestion:
        if self._question is None:
            raise AuthorFault("no question was opened")
        return self._question
