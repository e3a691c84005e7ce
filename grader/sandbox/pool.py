"""Slots kept warm: lanes are handed out, tired or broken slots replaced."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from grader.errors import SandboxFault
from grader.sandbox.interface import Event, Status
from grader.sandbox.slot import Hello, Slot, SlotChild, Stream
from grader.vocab import Limits, Role

# A slot is renewed now and then, so that no slow leak of its warm process lives long.
CHILDREN_PER_SLOT = 5000
_STARTS_IN_A_ROW = 3


class Pool:
    """A `Sandbox` over slots that `start` makes; `lanes` student children may live at a time."""

    def __init__(
        self,
        name: str,
        start: Callable[[Role], Stream],
        *,
        lanes: int,
        device: str,
        children_per_slot: int = CHILDREN_PER_SLOT,
    ) -> None:
        self.name = name
        self.device = device
        self.lanes = lanes
        self._start = start
        self._children_per_slot = children_per_slot
        self._lanes = threading.BoundedSemaphore(lanes)
        self._lock = threading.Lock()
        self._starting = {role: threading.Lock() for role in Role}
        self._slots: dict[Role, Slot] = {}
        self._retired: list[Slot] = []
        self._closed = False

    def start(self) -> dict[Role, Slot]:
        """Start a slot of each kind, side by side, without waiting until they are warm."""

        def start(role: Role) -> Slot:
            with self._starting[role]:
                return self._slot(role)

        with ThreadPoolExecutor(len(Role)) as threads:
            return dict(zip(Role, threads.map(start, Role), strict=True))

    def warm_up(self) -> Hello:
        """Start a slot of each kind and wait; what the student's says of its confinement."""
        hellos = {role: slot.wait_until_warm() for role, slot in self.start().items()}
        return hellos[Role.STUDENT]

    def spawn(self, role: Role, limits: Limits, events: SimpleQueue[Event], *, with_dynamo: bool = False) -> SlotChild:
        """See `Sandbox.spawn`."""
        if role is Role.STUDENT:
            self._lanes.acquire()
        try:
            return self._spawn(role, limits, events, with_dynamo)
        except BaseException:
            if role is Role.STUDENT:
                self._lanes.release()
            raise

    def status(self) -> Status:
        """See `Sandbox.status`; starts the slots if need be."""
        hello = self.warm_up()
        return Status(
            backend=self.name,
            usable=True,
            layers=hello.in_force,
            missing=hello.missing,
            mode="shared",
            torch=hello.torch,
            device=self.device,
        )

    def close(self) -> None:
        """End all slots and their children."""
        with self._lock:
            self._closed = True
            slots = [*self._slots.values(), *self._retired]
            self._slots.clear()
            self._retired.clear()
        for slot in slots:
            slot.break_("the grader is closing")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _spawn(self, role: Role, limits: Limits, events: SimpleQueue[Event], with_dynamo: bool) -> SlotChild:
        for attempt in range(_STARTS_IN_A_ROW):
            with self._starting[role]:
                slot = self._slot(role)
            try:
                return slot.spawn(limits, events, with_dynamo=with_dynamo)
            except SandboxFault as fault:
                if fault.permanent or attempt == _STARTS_IN_A_ROW - 1:
                    raise
        raise AssertionError("unreachable")

    def _slot(self, role: Role) -> Slot:
        """The slot that serves `role` now, made anew where there is none that can; one call at a time for each role."""
        if self._is_closed():
            raise SandboxFault("the sandbox is closed", permanent=True)
        slot = self._slots.get(role)
        if slot is not None and slot.broken is None and slot.spawned >= self._children_per_slot:
            self._retired.append(slot)
            slot = None
        if slot is None or slot.broken is not None:
            slot = Slot(role, self._start(role), self._child_gone)
            self._slots[role] = slot
            if self._is_closed():
                slot.break_("the grader is closing")
        return slot

    def _is_closed(self) -> bool:
        """Asked anew each time, since another thread may close."""
        return self._closed

    def _child_gone(self, child: SlotChild) -> None:
        if child.role is Role.STUDENT:
            self._lanes.release()
        self._end_retired()

    def _end_retired(self) -> None:
        with self._lock:
            done = [slot for slot in self._retired if slot.alive_children == 0]
            self._retired = [slot for slot in self._retired if slot not in done]
        for slot in done:
            slot.break_("it has served its time")
