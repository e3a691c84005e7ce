"""The warm process of a slot: forks confined children and relays bytes between them and the worker.

It has imported torch but never a line of course code, runs on one thread, and is the only writer of the slot's frames.
Started as `python -I -B -m grader.harness.zygote ROLE`, with frames on stdin and stdout.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import sys
from collections import OrderedDict, deque
from dataclasses import asdict, dataclass, field
from typing import cast

from grader.harness import confine, kernel, probe_layers, warm
from grader.vocab import Limits, Outcome, Role
from grader.wire import WIRE_VERSION, Bounds, FrameReader, Value, WireError, decode, encode
from grader.wire.slot import CHUNK_BYTES, Kind, pack_slot_frame, unpack_slot_frame

_PRINTED_HEAD_BYTES = 16 * 1024
_MAX_DOWN_BYTES = 64 * 1024 * 1024
_CONFINEMENT_FAILED = 113  # exit status of a child that could not be shut in


@dataclass(slots=True)
class _Child:
    """One forked child as its parent sees it."""

    pid: int
    pidfd: int
    channel: socket.socket
    printed_fd: int
    limits: Limits
    number: int = 0  # 0: a spare, not yet asked for
    unsent: deque[memoryview] = field(default_factory=deque)
    printed_head: bytearray = field(default_factory=bytearray)
    printed_bytes: int = 0
    killed_as: Outcome | None = None
    watched_for_writing: bool = False


class Zygote:
    """Serves one slot until its worker goes away."""

    def __init__(self, role: Role, frames_in: int, frames_out: int, *, namespaces: bool) -> None:
        self._role = role
        self._in = frames_in
        self._out = frames_out
        self._namespaces = namespaces
        self._reader = FrameReader(_MAX_DOWN_BYTES)
        self._selector = selectors.DefaultSelector()
        self._children: OrderedDict[int, _Child] = OrderedDict()
        self._spare: _Child | None = None
        self._wanted_spare: Limits | None = None

    def run(self) -> None:
        """Relay until stdin ends or QUIT comes; then end every child."""
        self._selector.register(self._in, selectors.EVENT_READ, None)
        while True:
            idle = self._wanted_spare is not None and self._spare is None
            ready = self._selector.select(0 if idle else None)
            if not ready:
                self._make_spare()
            for key, mask in ready:
                if key.data is None:
                    if not self._hear():
                        return
                else:
                    handler, child = key.data
                    handler(child, mask)

    # From the worker

    def _hear(self) -> bool:
        chunk = os.read(self._in, CHUNK_BYTES)
        if not chunk:
            return False
        for body in self._reader.feed(chunk):
            kind, number, payload = unpack_slot_frame(body)
            if kind is Kind.QUIT:
                return False
            if kind is Kind.SPAWN:
                self._spawn(number, payload)
            elif number in self._children:
                child = self._children[number]
                if kind is Kind.DATA:
                    self._send(child, payload)
                elif kind is Kind.KILL:
                    self._kill(child, Outcome(payload.decode()))
        return True

    def _spawn(self, number: int, payload: bytes) -> None:
        limits = Limits(**cast(dict[str, int], decode(payload)))
        spare, self._spare = self._spare, None
        if spare is not None and spare.limits != limits:
            self._discard(spare)
            spare = None
        try:
            child = spare or self._fork(limits)
        except OSError as error:
            self._say(Kind.FAULT, number, f"no child could be forked: {error}".encode())
            return
        child.number = number
        self._children[number] = child
        if self._role is Role.STUDENT and self._namespaces:
            self._wanted_spare = limits

    def _send(self, child: _Child, payload: bytes) -> None:
        child.unsent.append(memoryview(payload))
        self._flush(child)

    def _flush(self, child: _Child) -> None:
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
        signal.pidfd_send_signal(child.pidfd, signal.SIGKILL)

    # From a child

    def _on_channel(self, child: _Child, mask: int) -> None:
        if mask & selectors.EVENT_WRITE:
            self._flush(child)
        if mask & selectors.EVENT_READ and not self._relay(child):
            self._forget(child.channel)

    def _relay(self, child: _Child) -> bool:
        """Pass on one piece of what the child sent; False when there will be no more."""
        try:
            chunk = child.channel.recv(CHUNK_BYTES)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if chunk and child.number:
            self._say(Kind.DATA, child.number, chunk)
        return bool(chunk)

    def _on_printed(self, child: _Child, _mask: int) -> None:
        if not self._swallow(child):
            self._forget(child.printed_fd)

    def _swallow(self, child: _Child) -> bool:
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

    def _on_exit(self, child: _Child, _mask: int) -> None:
        _, status, usage = os.wait4(child.pid, 0)
        self._drain(child)
        for watched in (child.pidfd, child.channel, child.printed_fd):
            self._forget(watched)
        os.close(child.pidfd)
        os.close(child.printed_fd)
        child.channel.close()
        if child is self._spare:
            self._spare = None
            self._wanted_spare = None  # a spare that dies by itself would only die again
            return
        if self._children.pop(child.number, None) is None:
            return
        if child.killed_as is None and os.WIFEXITED(status) and os.WEXITSTATUS(status) == _CONFINEMENT_FAILED:
            self._say(Kind.FAULT, child.number, bytes(child.printed_head[:1000]))
            return
        if child.printed_head:
            self._say(Kind.PRINTED, child.number, bytes(child.printed_head))
        cpu_s = usage.ru_utime + usage.ru_stime
        outcome, detail = _how_it_ended(child, status, cpu_s)
        ending: dict[str, Value] = {
            "outcome": str(outcome),
            "detail": detail,
            "peak_memory_mib": usage.ru_maxrss / 1024,
            "cpu_s": cpu_s,
        }
        self._say(Kind.ENDED, child.number, encode(ending))

    def _drain(self, child: _Child) -> None:
        """What the child sent before its end still counts; a killed one's does not."""
        if child.killed_as is not None:
            return
        for _ in range(_MAX_DOWN_BYTES // CHUNK_BYTES):
            try:
                chunk = child.channel.recv(CHUNK_BYTES, socket.MSG_DONTWAIT)
            except OSError:
                break
            if not chunk:
                break
            self._say(Kind.DATA, child.number, chunk)
        try:
            room = _PRINTED_HEAD_BYTES - len(child.printed_head)
            child.printed_head += os.read(child.printed_fd, CHUNK_BYTES)[:room]
        except OSError:
            pass  # nothing was left in the pipe

    # Forking

    def _make_spare(self) -> None:
        limits, self._wanted_spare = self._wanted_spare, None
        if limits is not None:
            self._spare = self._fork(limits)

    def _fork(self, limits: Limits) -> _Child:
        ours, theirs = socket.socketpair()
        printed_fd, printed_end = os.pipe()
        pid = kernel.clone(confine.NAMESPACES if self._namespaces else 0)
        if pid == 0:
            _live(self._role, limits, theirs.fileno(), printed_end, namespaces=self._namespaces)
        theirs.close()
        os.close(printed_end)
        ours.setblocking(False)
        os.set_blocking(printed_fd, False)
        child = _Child(pid, os.pidfd_open(pid), ours, printed_fd, limits)
        self._selector.register(ours, selectors.EVENT_READ, (self._on_channel, child))
        self._selector.register(printed_fd, selectors.EVENT_READ, (self._on_printed, child))
        self._selector.register(child.pidfd, selectors.EVENT_READ, (self._on_exit, child))
        return child

    def _discard(self, spare: _Child) -> None:
        spare.killed_as = Outcome.EXITED
        signal.pidfd_send_signal(spare.pidfd, signal.SIGKILL)

    # Small things

    def _forget(self, watched: int | socket.socket) -> None:
        with contextlib.suppress(KeyError):  # forgotten before, when its stream ended
            self._selector.unregister(watched)

    def _say(self, kind: Kind, number: int, payload: bytes = b"") -> None:
        _write_all(self._out, pack_slot_frame(kind, number, payload))


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
    return Outcome.CRASHED, f"signal {signal.Signals(number).name}"


def _live(role: Role, limits: Limits, channel: int, printed: int, *, namespaces: bool) -> None:
    """The child's whole life; never returns."""
    status = _CONFINEMENT_FAILED
    try:
        confine.take_descriptors(channel, printed)
        confine.shut_in(limits, namespaces=namespaces)
        status = 1
        bounds = Bounds(bytes=limits.answer_kib * 1024)
        warm.program(role)(confine.CHANNEL_FD, bounds)
        status = 0
    except BaseException as error:  # noqa: BLE001 - the last stop of a forked copy: it must never run on in its parent's loop
        os.write(2, f"{type(error).__name__}: {error}"[:900].encode(errors="replace"))
    finally:
        os._exit(status)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def serve(role: Role) -> int:
    """Warm up, say hello, and serve the slot on stdin and stdout; the exit status."""
    frames_in, frames_out = os.dup(0), os.dup(1)
    os.dup2(2, 1)  # what a library prints must not land among the frames
    confine.remember_ids()
    warm.warm_up(role)
    confine.remember_size()
    try:
        layers = probe_layers.probe()
    except OSError as error:
        _write_all(frames_out, pack_slot_frame(Kind.FAULT, 0, f"no confinement is possible: {error}".encode()))
        return 3
    # Where a child shares its parent's user and pid namespace, the parent's memory must be closed to it.
    kernel.set_dumpable(layers.namespaces)
    import torch  # noqa: PLC0415 - imported by the warm-up

    hello: dict[str, Value] = {
        "wire": WIRE_VERSION,
        "torch": str(torch.__version__),
        "threads": warm.thread_count(),
        "pid": os.getpid(),
        **asdict(layers),
    }
    _write_all(frames_out, pack_slot_frame(Kind.HELLO, 0, encode(hello)))
    try:
        Zygote(role, frames_in, frames_out, namespaces=layers.namespaces).run()
    except (BrokenPipeError, WireError):
        return 1  # the worker is gone, or no longer speaks our language
    return 0


if __name__ == "__main__":
    status = serve(Role(sys.argv[1]))
    # Children hold the kernel's promise to die with this process; nothing else is worth a slow teardown.
    os._exit(status)
