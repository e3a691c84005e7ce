"""The stricter mode: every submission has a slot of its own, made ahead of need and thrown away after it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from grader.errors import SandboxFault
from grader.sandbox.interface import Status
from grader.sandbox.pool import Pool
from grader.sandbox.slot import Slot, SlotChild, Stream
from grader.vocab import Role


class SinglePool(Pool):
    """A `Pool` whose student slots serve one child each; as many as there are lanes are kept warm ahead."""

    def __init__(self, name: str, start: Callable[[Role], Stream], *, lanes: int, device: str) -> None:
        super().__init__(name, start, lanes=lanes, device=device)
        self._ahead: deque[Slot] = deque()
        self._used: list[Slot] = []

    def status(self) -> Status:
        """See `Sandbox.status`."""
        hello = self.warm_up()
        return Status(
            backend=self.name,
            usable=True,
            # A container that serves nobody else gives these without any namespace inside.
            layers={**hello.in_force, "private_files": True, "hidden_processes": True},
            missing=hello.missing,
            mode="single",
            torch=hello.torch,
            device=self.device,
        )

    def close(self) -> None:
        """End all slots, used and unused."""
        with self._lock:
            self._retired += [*self._ahead, *self._used]
            self._ahead.clear()
            self._used.clear()
        super().close()

    def start(self) -> dict[Role, Slot]:
        """Start the judge's slot and the first student slots, without waiting until they are warm."""
        with self._starting[Role.STUDENT]:
            self._fill()
            first = self._ahead[0]
        with self._starting[Role.JUDGE]:
            return {Role.JUDGE: self._slot(Role.JUDGE), Role.STUDENT: first}

    def _slot(self, role: Role) -> Slot:
        if role is Role.JUDGE:
            return super()._slot(role)
        if self._closed:
            raise SandboxFault("the sandbox is closed", permanent=True)
        self._fill()
        slot = self._ahead.popleft()
        self._used.append(slot)
        self._fill()
        return slot

    def _fill(self) -> None:
        while len(self._ahead) < self.lanes:
            self._ahead.append(Slot(Role.STUDENT, self._start(Role.STUDENT), self._child_gone))

    def _child_gone(self, child: SlotChild) -> None:
        with self._lock:
            over = [slot for slot in self._used if slot.spawned and slot.alive_children == 0]
            self._used = [slot for slot in self._used if slot not in over]
        super()._child_gone(child)
        for slot in over:
            # Removing a container takes a while; whoever waits for the verdict should not.
            threading.Thread(target=slot.break_, args=("it has served its submission",), daemon=True).start()
