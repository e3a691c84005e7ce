"""The worker's end of a slot: one warm process, reached over a stream of frames, and the children it forks."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from queue import Empty, SimpleQueue
from typing import Protocol, cast

from grader.clock import monotonic_s
from grader.errors import SandboxFault, WireError
from grader.sandbox.interface import Broken, Ended, Ending, Event, Message
from grader.vocab import Limits, Outcome, Role
from grader.wire import WIRE_VERSION, FrameReader, Value, decode, encode, pack
from grader.wire.slot import CHUNK_BYTES, MAX_FRAME_BYTES, Kind, pack_slot_frame, unpack_slot_frame

# Importing torch takes seconds on a loaded machine; a slot that is not warm by then will never be.
HELLO_WITHIN_S = 120.0
BORN_WITHIN_S = 120.0  # the same when the child's birth waits for a further import
# A relay takes what it is sent at once, whatever its children do.
LISTENS_WITHIN_S = 20.0


class Stream(Protocol):
    """How frames reach a slot and come back; both ends may be used from different threads."""

    def read(self) -> bytes:
        """Some bytes, or none at the end."""

    def write(self, data: bytes) -> None:
        """All of `data`."""

    def close(self) -> None:
        """End the slot with everything in it, by force; may be called more than once."""

    def last_words(self) -> str:
        """What the slot wrote to its error output, for people."""

    def release(self) -> None:
        """Give back what the closed stream holds of this process; nobody reads or writes any more."""


@dataclass(frozen=True, slots=True)
class Hello:
    """What a slot said of itself when it was warm."""

    torch: str
    namespaces: bool
    in_force: dict[str, bool]
    missing: dict[str, str]


class SlotChild:
    """A `Child` of this slot."""

    def __init__(self, slot: Slot, number: int, role: Role, limits: Limits, events: SimpleQueue[Event]) -> None:
        self.role = role
        self.number = number
        self._slot = slot
        self._events = events
        self._reader = FrameReader(limits.answer_kib * 1024)
        self._printed = ""
        self._killed = False
        self.born = threading.Event()

    def send(self, body: bytes) -> None:
        """Queue one message; after the child's end it is dropped in silence."""
        self._slot.send(self.number, pack(body))

    def kill(self, outcome: Outcome) -> None:
        """End it and everything it started; `Ended` with `outcome` follows."""
        self._killed = True
        self._slot.kill(self.number, outcome)

    def printed(self) -> str:
        """The head of what it wrote to stdout and stderr; known once it has ended."""
        return self._printed

    def hear(self, chunk: bytes) -> None:
        """Take bytes of the child's channel; called by the slot's reader."""
        if self._killed:
            return
        try:
            for body in self._reader.feed(chunk):
                self._events.put(Message(self, body))
        except WireError:
            self.kill(Outcome.OUTPUT)

    def keep_printed(self, head: bytes) -> None:
        """Remember what it printed."""
        self._printed = head.decode("utf-8", errors="replace")

    def finish(self, event: Ended | Broken) -> None:
        """Tell whoever waits that this child is gone."""
        self._killed = True
        self.born.set()
        self._events.put(event)


class Slot:
    """One warm process and its children. Thread-safe."""

    def __init__(self, role: Role, stream: Stream, on_gone: Callable[[SlotChild], None]) -> None:
        """`on_gone` is called for every child that ends, before its event is delivered."""
        self.role = role
        self.spawned = 0
        self.broken: str | None = None
        self.hello: Hello | None = None
        self._stream = stream
        self._on_gone = on_gone
        self._lock = threading.Lock()
        self._outgoing: SimpleQueue[bytes | None] = SimpleQueue()
        self._writing_since_s: float | None = None
        self._children: dict[int, SlotChild] = {}
        self._warm = threading.Event()
        self._writer = threading.Thread(target=self._write_frames, name=f"slot-{role}-writer", daemon=True)
        self._writer.start()
        threading.Thread(target=self._read_frames, name=f"slot-{role}-reader", daemon=True).start()

    def wait_until_warm(self) -> Hello:
        """Block until the slot has said hello; raises SandboxFault when it does not."""
        if not self._warm.wait(HELLO_WITHIN_S):
            self.break_("it did not get ready in time")
        if self.hello is None:
            raise SandboxFault(f"the {self.role} slot could not start: {self.broken}")
        return self.hello

    @property
    def alive_children(self) -> int:
        """How many children it has now."""
        with self._lock:
            return len(self._children)

    def spawn(self, limits: Limits, events: SimpleQueue[Event], *, with_dynamo: bool) -> SlotChild:
        """Ask for a fresh child and wait until it exists, so that no clock of its starts before."""
        self.wait_until_warm()
        with self._lock:
            if self.broken is not None:
                raise SandboxFault(f"the {self.role} slot is gone: {self.broken}")
            self.spawned += 1
            child = SlotChild(self, self.spawned, self.role, limits, events)
            self._children[child.number] = child
        asked = {**cast(dict[str, Value], asdict(limits)), "with_dynamo": with_dynamo}
        self._write(Kind.SPAWN, child.number, encode(asked))
        if not child.born.wait(BORN_WITHIN_S):
            self.break_("it does not fork")
        return child

    def send(self, number: int, framed: bytes) -> None:
        """Bytes for a child's channel."""
        for start in range(0, len(framed), CHUNK_BYTES):
            self._write(Kind.DATA, number, framed[start : start + CHUNK_BYTES])

    def kill(self, number: int, outcome: Outcome) -> None:
        """Have a child ended."""
        self._write(Kind.KILL, number, outcome.encode())

    def break_(self, reason: str) -> None:
        """Give the slot up: its children's work must be done again elsewhere."""
        with self._lock:
            if self.broken is not None:
                return
            self.broken = reason
            children, self._children = list(self._children.values()), {}
        self._warm.set()
        self._outgoing.put(None)
        self._stream.close()
        for child in children:
            self._on_gone(child)
            child.finish(Broken(child, reason))

    def _write(self, kind: Kind, number: int, payload: bytes) -> None:
        """Queue a frame. Nobody but the writer ever waits for the slot to listen, least of all the reader:

        a slot whose own output is not read stops reading, and two that wait for each other wait for ever.
        """
        since_s = self._writing_since_s
        if since_s is not None and monotonic_s() - since_s > LISTENS_WITHIN_S:
            self.break_("it no longer listens")
        self._outgoing.put(pack_slot_frame(kind, number, payload))

    def _write_frames(self) -> None:
        ended = False
        while not ended:
            frames = [self._outgoing.get()]
            with contextlib.suppress(Empty):  # what has piled up meanwhile goes out in one piece
                while True:
                    frames.append(self._outgoing.get_nowait())
            ended = None in frames
            self._writing_since_s = monotonic_s()
            try:
                self._stream.write(b"".join(frame for frame in frames if frame is not None))
            except OSError as error:
                self.break_(f"it no longer listens: {error}")
                return
            self._writing_since_s = None

    def _read_frames(self) -> None:
        reader = FrameReader(MAX_FRAME_BYTES)
        try:
            while chunk := self._stream.read():
                for body in reader.feed(chunk):
                    self._take(*unpack_slot_frame(body))
            reason = "it ended"
        except (OSError, WireError, ValueError, TypeError, KeyError) as error:
            reason = f"{type(error).__name__}: {error}"
        words = self._stream.last_words().strip()
        self.break_(f"{reason}{': ' + words[-600:] if words else ''}")
        self._writer.join()
        self._stream.release()

    def _take(self, kind: Kind, number: int, payload: bytes) -> None:
        if kind is Kind.HELLO:
            self._greet(payload)
            return
        if kind is Kind.FAULT and number == 0:
            raise ValueError(payload.decode(errors="replace"))
        child = self._children.get(number)
        if child is None:
            return
        if kind is Kind.BORN:
            child.born.set()
        elif kind is Kind.DATA:
            child.hear(payload)
        elif kind is Kind.PRINTED:
            child.keep_printed(payload)
        elif kind is Kind.ENDED:
            self._end(child, Ended(child, _read_ending(payload)))
        elif kind is Kind.FAULT:
            self._end(child, Broken(child, payload.decode(errors="replace")))

    def _greet(self, payload: bytes) -> None:
        said = cast(dict[str, object], decode(payload))
        if said["wire"] != WIRE_VERSION:
            raise ValueError(f"it speaks wire version {said['wire']}, not {WIRE_VERSION}: build the image anew")
        if said["threads"] != 1:
            raise ValueError(f"its warm process has {said['threads']} threads and cannot be forked safely")
        self.hello = Hello(
            torch=str(said["torch"]),
            namespaces=bool(said["namespaces"]),
            in_force=cast(dict[str, bool], said["in_force"]),
            missing=cast(dict[str, str], said["missing"]),
        )
        self._warm.set()

    def _end(self, child: SlotChild, event: Ended | Broken) -> None:
        with self._lock:
            self._children.pop(child.number, None)
        self._on_gone(child)
        child.finish(event)


def _read_ending(payload: bytes) -> Ending:
    said = cast(dict[str, object], decode(payload))
    return Ending(
        outcome=Outcome(str(said["outcome"])),
        detail=str(said["detail"]),
        peak_memory_mib=cast(float, said["peak_memory_mib"]),
        cpu_s=cast(float, said["cpu_s"]),
    )
