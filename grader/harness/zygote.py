"""The warm process of a slot: it forks confined children and does nothing else.

It has imported torch but never a line of course code, and no byte of a submission, an input or an answer ever passes
through it: a fork copies memory, so whatever it held, the next child could find. The relay beside it (`relay.py`) moves
the bytes; the two speak over a socket, and descriptors of each new child go to the relay with it.
"""

from __future__ import annotations

import contextlib
import os
import random
import selectors
import signal
import socket
from dataclasses import asdict, dataclass
from typing import cast

from grader.harness import confine, kernel, probe_layers, warm
from grader.vocab import Limits, Role
from grader.wire import WIRE_VERSION, Bounds, Value, decode, encode
from grader.wire.slot import MAX_NOTE_BYTES


@dataclass(slots=True)
class _Child:
    """One forked child; its `channel` and `printed_fd` are kept only while it is a spare."""

    pid: int
    pidfd: int
    limits: Limits
    channel: socket.socket
    printed_fd: int
    number: int = 0  # 0: a spare, not yet asked for


class Zygote:
    """Forks when the relay asks, tells it when a child has ended, and keeps one child ahead of need."""

    def __init__(self, role: Role, relay: socket.socket, *, namespaces: bool) -> None:
        self._role = role
        self._relay = relay
        self._namespaces = namespaces
        self._selector = selectors.DefaultSelector()
        self._spare: _Child | None = None
        self._wanted_spare: Limits | None = None
        self._has_dynamo = False

    def run(self) -> None:
        """Serve until the relay is gone; children die with this process."""
        self._selector.register(self._relay, selectors.EVENT_READ)
        while True:
            idle = self._wanted_spare is not None and self._spare is None
            ready = self._selector.select(0 if idle else None)
            if not ready:
                self._make_spare()
            for key, _ in ready:
                if key.data is not None:
                    self._reap(key.data)
                elif not self._hear():
                    return

    def _hear(self) -> bool:
        note = self._relay.recv(MAX_NOTE_BYTES)
        if not note:
            return False
        asked = cast(dict[str, int], decode(note))
        number = asked.pop("number")
        with_dynamo = asked.pop("with_dynamo")
        limits = Limits(**asked)
        spare, self._spare = self._spare, None
        late = with_dynamo and not self._has_dynamo
        if late:
            warm.import_dynamo()
            confine.remember_size()
            self._has_dynamo = True
        if spare is not None and (late or spare.limits != limits):
            signal.pidfd_send_signal(spare.pidfd, signal.SIGKILL)
            _close(spare)
            spare = None
        try:
            child = spare or self._fork(limits)
        except OSError as error:
            self._relay.send(encode({"failed": number, "why": f"no child could be forked: {error}"}))
            return True
        child.number = number
        socket.send_fds(
            self._relay, [encode({"born": number})], [child.channel.fileno(), child.printed_fd, child.pidfd]
        )
        _close(child)
        if self._role is Role.STUDENT and self._namespaces:
            self._wanted_spare = limits
        return True

    def _reap(self, child: _Child) -> None:
        _, status, usage = os.wait4(child.pid, 0)
        self._selector.unregister(child.pidfd)
        os.close(child.pidfd)
        if child is self._spare:
            self._spare = None
            _close(child)
            return  # a spare that dies by itself would only die again; the next child is forked when asked for
        if child.number:
            ended: dict[str, Value] = {
                "ended": child.number,
                "status": status,
                "peak_memory_mib": usage.ru_maxrss / 1024,
                "cpu_s": usage.ru_utime + usage.ru_stime,
            }
            self._relay.send(encode(ended))

    def _make_spare(self) -> None:
        limits, self._wanted_spare = self._wanted_spare, None
        if limits is not None:
            with contextlib.suppress(OSError):  # what really is wrong shows when a child is asked for
                self._spare = self._fork(limits)

    def _fork(self, limits: Limits) -> _Child:
        ours, theirs = socket.socketpair()
        printed_fd, printed_end = os.pipe()
        pid = kernel.clone(confine.NAMESPACES if self._namespaces else 0)
        if pid == 0:
            _live(self._role, limits, theirs.fileno(), printed_end, namespaces=self._namespaces)
        theirs.close()
        os.close(printed_end)
        child = _Child(pid, os.pidfd_open(pid), limits, ours, printed_fd)
        self._selector.register(child.pidfd, selectors.EVENT_READ, child)
        return child


def _close(child: _Child) -> None:
    """Give up this process's copies of what the relay now holds."""
    child.channel.close()
    os.close(child.printed_fd)


def _live(role: Role, limits: Limits, channel: int, printed: int, *, namespaces: bool) -> None:
    """The child's whole life; never returns."""
    status = confine.FAILED_STATUS
    try:
        random.seed()  # or all children would draw alike
        confine.take_descriptors(channel, printed)
        confine.shut_in(limits, namespaces=namespaces)
        status = 1
        warm.program(role)(confine.CHANNEL_FD, Bounds(bytes=limits.answer_kib * 1024))
        status = 0
    except BaseException as error:  # noqa: BLE001 - the last stop of a forked copy: it must never run on in its parent's loop
        os.write(2, f"{type(error).__name__}: {error}"[:900].encode(errors="replace"))
    finally:
        os._exit(status)


def serve(role: Role, relay: socket.socket) -> None:
    """Warm up, say hello, and fork for the relay until it is gone."""
    confine.remember_ids()
    warm.warm_up(role)
    confine.remember_size()
    try:
        layers = probe_layers.probe()
    except OSError as error:
        relay.send(encode({"failed": 0, "why": f"no confinement is possible: {error}"}))
        return
    # Where a child shares its parent's user and pid namespace, the parent's memory must be closed to it.
    kernel.set_dumpable(layers.namespaces)
    import torch  # noqa: PLC0415 - imported by the warm-up

    hello: dict[str, Value] = {
        "wire": WIRE_VERSION,
        "torch": str(torch.__version__),
        "threads": warm.thread_count(),
        **asdict(layers),
    }
    relay.send(encode({"hello": encode(hello), "namespaces": layers.namespaces}))
    try:
        Zygote(role, relay, namespaces=layers.namespaces).run()
    except BrokenPipeError:
        return  # the relay went away in the middle of a note
