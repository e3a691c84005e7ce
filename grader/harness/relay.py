"""The first process of a slot: moves bytes between the worker and the children that the zygote beside it forks.

It never imports torch and never forks after the zygote, so that what passes through its memory is in no child's.
Started as `python -I -B -m grader.harness.relay ROLE`, with frames (`grader.wire.slot`) on stdin and stdout.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import cast

from grader.harness import confine, kernel
from grader.vocab import Limits, Outcome, Role
from grader.wire import FrameCounter, FrameReader, Value, WireError, decode, encode
from grader.wire.slot import CHUNK_BYTES, MAX_NOTE_BYTES, Kind, pack_slot_frame, unpack_slot_frame

_PRINTED_HEAD_BYTES = 16 * 1024
_MAX_DOWN_BYTES = 64 * 1024 * 1024
# Answers to calls that were sent together go back together, at the latest after this: every write wakes an engine, its
# shim and the worker.
_HOLD_S = 0.008


@dataclass(slots=True)
class _Child:
    """One child as the relay sees it; without descriptors until the zygote has forked it."""

    number: int
    limits: Limits
    channel: socket.socket | None = None
    printed_fd: int = -1
    pidfd: int = -1
    unsent: deque[memoryview] = field(default_factory=deque)
    asked: FrameCounter = field(default_factory=FrameCounter)
    answered: FrameCounter = field(default_factory=FrameCounter)
    held: bytearray = field(default_factory=bytearray)
    held_until_s: float = 0.0
    printed_head: bytearray = field(default_factory=bytearray)
    printed_bytes: int = 0
    killed_as: Outcome | None = None
    watched_for_writing: bool = False


class Relay:
    """Serves one slot until its worker or its zygote goes away."""

    def __init__(self, role: Role, zygote: socket.socket, frames_in: int, frames_out: int) -> None:
        self._holds = role is Role.STUDENT
        self._zygote = zygote
        self._in = frames_in
        self._out = frames_out
        self._reader = FrameReader(_MAX_DOWN_BYTES)
        self._selector = selectors.DefaultSelector()
        self._children: dict[int, _Child] = {}

    def run(self) -> None:
        """Relay until stdin ends, QUIT comes, or the zygote is gone."""
        self._selector.register(self._in, selectors.EVENT_READ, self._hear_worker)
        self._selector.register(self._zygote, selectors.EVENT_READ, self._hear_zygote)
        while True:
            for key, mask in self._selector.select(self._release_held()):
                if isinstance(key.data, tuple):
                    handler, child = key.data
                    handler(child, mask)
                elif not key.data():
                    return

    # From the worker

    def _hear_worker(self) -> bool:
        chunk = os.read(self._in, CHUNK_BYTES)
        if not chunk:
            return False
        for body in self._reader.feed(chunk):
            kind, number, payload = unpack_slot_frame(body)
            if kind is Kind.QUIT:
                return False
            if kind is Kind.SPAWN:
                asked = cast(dict[str, int], decode(payload))
                self._zygote.send(encode({**asked, "number": number}))
                del asked["with_dynamo"]
                self._children[number] = _Child(number, Limits(**asked))
            elif number in self._children:
                child = self._children[number]
                if kind is Kind.DATA:
                    child.asked.feed(payload)
                    child.unsent.append(memoryview(payload))
                    self._flush(child)
                elif kind is Kind.KILL:
                    self._kill(child, Outcome(payload.decode()))
        return True

    def _flush(self, child: _Child) -> None:
        if child.channel is None:
            return
        try:
            while child.unsent:
                sent = child.channel.send(child.unsent[0])
                if sent < len(child.unsent[0]):
                    child.unsent[0] = child.unsent[0][sent:]
                else:
                    child.unsent.popleft()
        except BlockingIOError:
            pass
        except OSError:  # the child closed its end: its exit is on the way
            child.unsent.clear()
        if bool(child.unsent) != child.watched_for_writing:
            child.watched_for_writing = bool(child.unsent)
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if child.unsent else 0)
            try:
                self._selector.modify(child.channel, events, (self._on_channel, child))
            except KeyError:  # the child closed its end earlier
                child.unsent.clear()

    def _kill(self, child: _Child, outcome: Outcome) -> None:
        if child.killed_as is None:
            child.killed_as = outcome
        if child.pidfd >= 0:
            with contextlib.suppress(ProcessLookupError):  # it has ended by itself; the zygote's note is on the way
                signal.pidfd_send_signal(child.pidfd, signal.SIGKILL)

    # From the zygote

    def _hear_zygote(self) -> bool:
        note, descriptors, _, _ = socket.recv_fds(self._zygote, MAX_NOTE_BYTES, 3)
        if not note:
            return False
        match decode(note):
            case {"hello": bytes(hello), "namespaces": bool(namespaces)}:
                kernel.set_dumpable(namespaces)
                self._say(Kind.HELLO, 0, hello)
            case {"born": int(number)}:
                self._adopt(self._children[number], descriptors)
            case {"failed": int(number), "why": str(why)}:
                self._children.pop(number, None)
                self._say(Kind.FAULT, number, why.encode())
            case {"ended": int(number), **how}:
                self._bury(self._children.pop(number), cast(dict[str, Value], how))
        return True

    def _adopt(self, child: _Child, descriptors: list[int]) -> None:
        channel_fd, child.printed_fd, child.pidfd = descriptors
        child.channel = socket.socket(fileno=channel_fd)
        child.channel.setblocking(False)
        os.set_blocking(child.printed_fd, False)
        self._selector.register(child.channel, selectors.EVENT_READ, (self._on_channel, child))
        self._selector.register(child.printed_fd, selectors.EVENT_READ, (self._on_printed, child))
        self._say(Kind.BORN, child.number)
        if child.killed_as is not None:
            self._kill(child, child.killed_as)
        self._flush(child)

    def _bury(self, child: _Child, how: dict[str, Value]) -> None:
        """Everything it started is gone; what it said before its own end still counts, a killed one's does not."""
        assert child.channel is not None
        if child.killed_as is None:
            for _ in range(_MAX_DOWN_BYTES // CHUNK_BYTES):
                if not self._relay(child):
                    break
        self._release(child)
        self._swallow(child)
        for watched in (child.channel, child.printed_fd):
            self._forget(watched)
        child.channel.close()
        os.close(child.printed_fd)
        os.close(child.pidfd)
        status, cpu_s = cast(int, how["status"]), cast(float, how["cpu_s"])
        if child.killed_as is None and os.WIFEXITED(status) and os.WEXITSTATUS(status) == confine.FAILED_STATUS:
            self._say(Kind.FAULT, child.number, bytes(child.printed_head[:1000]))
            return
        if child.printed_head:
            self._say(Kind.PRINTED, child.number, bytes(child.printed_head))
        outcome, detail = _how_it_ended(child, status, cpu_s)
        ending: dict[str, Value] = {
            "outcome": str(outcome),
            "detail": detail,
            "peak_memory_mib": how["peak_memory_mib"],
            "cpu_s": cpu_s,
        }
        self._say(Kind.ENDED, child.number, encode(ending))

    # From a child

    def _on_channel(self, child: _Child, mask: int) -> None:
        if child.number not in self._children:
            return  # buried by an earlier event of the same round
        if mask & selectors.EVENT_WRITE:
            self._flush(child)
        if mask & selectors.EVENT_READ and not self._relay(child) and child.channel is not None:
            self._forget_unless_waiting(child)

    def _relay(self, child: _Child) -> bool:
        """Pass on one piece of what the child sent; False when there is no more for now."""
        assert child.channel is not None
        try:
            chunk = child.channel.recv(CHUNK_BYTES)
        except OSError:
            return False
        if chunk:
            child.answered.feed(chunk)
            if not child.held:
                child.held_until_s = time.monotonic() + _HOLD_S
            child.held += chunk
            if not self._holds or child.answered.count >= child.asked.count or len(child.held) >= CHUNK_BYTES // 2:
                self._release(child)
        return bool(chunk)

    def _release_held(self) -> float | None:
        """Send on what was held long enough; how long the rest may wait."""
        now_s = time.monotonic()
        waits: list[float] = []
        for child in self._children.values():
            if child.held and child.held_until_s <= now_s:
                self._release(child)
            elif child.held:
                waits.append(child.held_until_s - now_s)
        return min(waits, default=None)

    def _release(self, child: _Child) -> None:
        for start in range(0, len(child.held), CHUNK_BYTES):
            self._say(Kind.DATA, child.number, bytes(child.held[start : start + CHUNK_BYTES]))
        child.held.clear()

    def _forget_unless_waiting(self, child: _Child) -> None:
        """Stop watching a channel that the child closed; one that is merely empty stays."""
        assert child.channel is not None
        try:
            closed = not child.channel.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            closed = False
        except OSError:
            closed = True
        if closed:
            self._forget(child.channel)

    def _on_printed(self, child: _Child, _mask: int) -> None:
        if child.number in self._children and not self._swallow(child):
            self._forget(child.printed_fd)

    def _swallow(self, child: _Child) -> bool:
        """Take in one piece of printed text; False when there will be no more."""
        try:
            chunk = os.read(child.printed_fd, CHUNK_BYTES)
        except BlockingIOError:
            return True
        room = _PRINTED_HEAD_BYTES - len(child.printed_head)
        child.printed_head += chunk[:room]
        child.printed_bytes += len(chunk)
        if child.printed_bytes > child.limits.output_kib * 1024:
            self._kill(child, Outcome.OUTPUT)
        return bool(chunk)

    # Small things

    def _forget(self, watched: int | socket.socket) -> None:
        with contextlib.suppress(KeyError):  # forgotten before, when its stream ended
            self._selector.unregister(watched)

    def _say(self, kind: Kind, number: int, payload: bytes = b"") -> None:
        view = memoryview(pack_slot_frame(kind, number, payload))
        while view:
            view = view[os.write(self._out, view) :]


def _how_it_ended(child: _Child, status: int, cpu_s: float) -> tuple[Outcome, str]:
    if child.killed_as is not None:
        return child.killed_as, "ended by the grader"
    if os.WIFEXITED(status):
        return Outcome.EXITED, f"exit status {os.WEXITSTATUS(status)}"
    number = os.WTERMSIG(status)
    if number == signal.SIGKILL:
        # Nobody inside can send it to the first process of its namespace: it was the kernel, for time or for memory.
        if cpu_s >= child.limits.cpu_s - 0.5:
            return Outcome.CPU_TIME, f"{cpu_s:.1f} s of CPU time"
        return Outcome.MEMORY, "ended by the kernel for lack of memory"
    known = number in {known.value for known in signal.Signals}
    return Outcome.CRASHED, f"signal {signal.Signals(number).name if known else number}"


def serve(role: Role) -> int:
    """Fork the zygote and relay for it until the worker is gone; the exit status."""
    frames_in, frames_out = os.dup(0), os.dup(1)
    os.dup2(2, 1)  # what a library prints must not land among the frames
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() == 0:
        kernel.die_with_parent()
        for descriptor in (frames_in, frames_out, ours.detach()):
            os.close(descriptor)
        os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
        from grader.harness import zygote  # noqa: PLC0415 - imports torch, which this process must not

        try:
            zygote.serve(role, theirs)
        finally:
            sys.stderr.flush()
        os._exit(0)
    theirs.close()
    try:
        Relay(role, ours, frames_in, frames_out).run()
    except (BrokenPipeError, WireError):
        return 1  # the worker is gone, or no longer speaks our language
    return 0


if __name__ == "__main__":
    # The zygote and its children hold the kernel's promise to die with their parent.
    os._exit(serve(Role(sys.argv[1])))
