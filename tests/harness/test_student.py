from __future__ import annotations

import socket
import subprocess
import sys
from typing import Any

import pytest
import torch

from grader.harness.convert import from_wire
from grader.harness.describe import describe_inputs
from grader.harness.student import StudentChild
from grader.wire import Bounds, Value, decode, encode, pack, read_frame


def load_message(source: str, probe: str | None = None) -> dict[str, Value]:
    return {
        "op": "load", "source": source.encode(), "entry": "f", "kind": "function", "parameters": None,
        "probe": probe, "device": "cpu",
    }  # fmt: skip


def call_message(number: int, **inputs: Any) -> dict[str, Value]:
    return {
        "op": "call", "id": number, "seed": 1, "inputs": describe_inputs(inputs),
        "steps": [{"call": "submission", "args": list(inputs), "as": "result"}],
        "observe": [{"what": "value", "of": "result"}],
    }  # fmt: skip


class Conversation:
    """A submission in this process, spoken to in messages."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        self.child = StudentChild(bounds or Bounds())

    def ask(self, message: dict[str, Value]) -> dict[str, Any]:
        answer = decode(self.child.answer(encode(message)))
        assert isinstance(answer, dict)
        return answer


def test_a_submission_is_loaded_and_called() -> None:
    talk = Conversation()
    assert talk.ask(load_message("def f(x): return x * 2")) == {"status": "ok"}
    answer = talk.ask(call_message(7, x=torch.ones(2)))
    assert (answer["id"], answer["status"]) == (7, "ok")
    assert from_wire(answer["observed"][0]).tolist() == [2.0, 2.0]


def test_errors_are_answers() -> None:
    talk = Conversation()
    assert talk.ask(load_message("def f(:"))["error"]["stage"] == "compile"
    assert talk.ask(load_message("def f(x): return x / 0"))["status"] == "ok"
    answer = talk.ask(call_message(1, x=1))
    assert (answer["id"], answer["status"], answer["error"]["type"]) == (1, "raised", "ZeroDivisionError")


def test_a_failure_that_is_not_the_students_is_a_fault() -> None:
    talk = Conversation()
    assert talk.ask(call_message(1))["status"] == "fault"
    answer = talk.ask(load_message("def f(): pass", probe="1 / 0"))
    assert answer["status"] == "fault"
    assert "ZeroDivisionError" in answer["message"]
    talk.ask(load_message("def f(): pass"))
    answer = talk.ask({**call_message(3), "steps": [{"call": "nobody"}]})
    assert (answer["id"], answer["status"]) == (3, "fault")


def test_an_answer_over_the_bounds_is_an_answer_all_the_same() -> None:
    talk = Conversation(Bounds(bytes=10_000))
    talk.ask(load_message("import torch\ndef f(n): return [torch.zeros(n)] * 100"))
    answer = talk.ask(call_message(1, n=100))
    assert answer["observed"][0].kind == "unsupported"


@pytest.mark.parametrize(
    "damage",
    ["sys.stdout = None", "del sys.stdout", "sys.stdout = open('/dev/null', 'w'); sys.stdout.close()",
     "sys.stdout = type('S', (), {'flush': lambda self: 1/0})()"],
)  # fmt: skip
def test_a_broken_stdout_harms_nobody(damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    talk = Conversation()
    assert talk.ask(load_message(f"import sys\n{damage}\ndef f(): return 1")) == {"status": "ok"}
    assert talk.ask(call_message(1))["observed"] == [1]


@pytest.fixture
def process() -> Any:
    """A real child: its socket and its process."""
    ours, theirs = socket.socketpair()
    command = f"import sys; from grader.harness import student; student.serve({theirs.fileno()})"
    started = subprocess.Popen(
        [sys.executable, "-c", command], pass_fds=[theirs.fileno()], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    theirs.close()
    ours.settimeout(60)
    yield ours, started
    ours.close()
    started.kill()
    started.communicate()


def test_a_child_answers_calls_sent_ahead_in_order_and_ends_with_its_channel(process: Any) -> None:
    channel, child = process
    channel.sendall(pack(encode(load_message("import atexit\nprint('loaded')\ndef f(x):\n print(x)\n return x"))))
    for number in range(20):
        channel.sendall(pack(encode(call_message(number, x=number))))
    answers: list[Any] = [decode(read_frame(channel.recv, 2**20) or b"") for _ in range(21)]
    assert answers[0] == {"status": "ok"}
    assert answers[1:] == [{"id": n, "status": "ok", "observed": [n]} for n in range(20)]
    channel.shutdown(socket.SHUT_WR)
    printed, errors = child.communicate(timeout=60)
    assert child.returncode == 0
    assert printed.decode().split() == ["loaded", *map(str, range(20))]
    assert errors == b""


def test_a_child_whose_channel_is_closed_from_inside_ends(process: Any) -> None:
    channel, child = process
    source = "import os\ndef f():\n for fd in range(3, 64):\n  try: os.close(fd)\n  except OSError: pass"
    channel.sendall(pack(encode(load_message(source))))
    assert decode(read_frame(channel.recv, 2**20) or b"") == {"status": "ok"}
    channel.sendall(pack(encode(call_message(1))))
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 1
    assert b"channel" in errors
