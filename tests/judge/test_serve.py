"""The judge's child over a real socket."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from grader.judge.main import serve
from grader.wire import DEFAULT_BOUNDS, Value, decode, encode, pack, read_frame
from tests.judge.questions import NLL_SOLUTION, nll


@contextmanager
def judge() -> Iterator[socket.socket]:
    ours, theirs = socket.socketpair()
    thread = threading.Thread(target=serve, args=(os.dup(theirs.fileno()), DEFAULT_BOUNDS))
    theirs.close()
    thread.start()
    try:
        yield ours
    finally:
        ours.close()
        thread.join(timeout=10)
    assert not thread.is_alive()


def tell(channel: socket.socket, message: dict[str, Value]) -> None:
    channel.sendall(pack(encode(message)))


def heard(channel: socket.socket) -> dict[str, Value]:
    body = read_frame(channel.recv, DEFAULT_BOUNDS.bytes)
    assert body is not None
    message = decode(body)
    assert isinstance(message, dict)
    return message


def test_a_judge_opens_grades_and_ends_with_its_channel() -> None:
    with judge() as channel:
        files: dict[str, Value] = dict(nll())
        tell(channel, {"op": "open", "files": files, "device": "cpu"})
        assert heard(channel)["op"] == "opened"
        source = NLL_SOLUTION.encode()
        tell(channel, {"op": "grade", "source": source, "seed": 1, "only_public": False, "explain": True})
        sent = [heard(channel)["op"] for _ in range(3)]
        assert sent == ["load", *["call"] * 2]
        tell(channel, {"op": "abandon"})
        told = [heard(channel) for _ in range(6)]
        assert [message["op"] for message in told] == [*["case"] * 5, "report"]


def test_a_question_that_does_not_open_is_told_over_the_channel() -> None:
    with judge() as channel:
        tell(channel, {"op": "open", "files": {"question.toml": b"title ="}, "device": "cpu"})
        assert heard(channel)["op"] == "author_fault"
