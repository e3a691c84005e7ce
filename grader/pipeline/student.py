"""The submission's side of one run: its process, made anew whenever it dies, and the calls it still has to answer."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from grader.clock import monotonic_s
from grader.errors import SandboxFault
from grader.sandbox.interface import Broken, Child, Ended, Ending, Event, Message
from grader.vocab import Limits, Outcome
from grader.wire import Value

# Whoever hangs in every case would wait out the limit again and again: the third time settles the rest.
MAX_TIMEOUTS = 3
# A killed process group is gone in milliseconds; longer means that the slot no longer does its work.
ENDING_GRACE_S = 10.0
# A process that has used less than this share of its wall time hung for lack of a processor, or sleeps. Its call is
# tried once more, with so many times the limit: a busy machine must not fail a student.
IDLE_SHARE = 0.5
PATIENCE = 4.0


@dataclass(frozen=True, slots=True)
class _Call:
    id: int
    payload: bytes


class _State(Enum):
    ABSENT = "absent"  # no process, or one not yet told anything
    LOADING = "loading"
    LOADED = "loaded"
    ENDING = "ending"  # killed; its `Ended` is on the way


class StudentSide:
    """Relays calls to the submission's process in order and answers to the judge, payloads unread.

    `spawn` makes a fresh process, `tell` sends the judge one message. A call during which the process ends has an
    outcome for an answer, and a fresh process goes on with the next. The clock of a call starts when the answer before
    it arrives, so that calls sent ahead cost the student nothing.
    """

    def __init__(self, spawn: Callable[[], Child], limits: Limits, tell: Callable[[dict[str, Value]], None]) -> None:
        self._spawn = spawn
        self._limits = limits
        self._tell = tell
        self._child: Child | None = None
        self._state = _State.ABSENT
        self._load_payload: bytes | None = None
        self._loaded_payload: bytes | None = None
        self._is_loaded = False  # the current process has the submission
        self._waiting: deque[_Call] = deque()
        self._refusal: Ending | None = None  # why there will be no further process
        self._owes_since_s: float | None = None  # when the process was last given the turn; None while it owes nothing
        self._killed_at_s = 0.0
        self._used_s = 0.0
        self._life_s = 0.0  # of the current process, as far as it owed something
        self._is_patient = False  # the call at the head, or loading, is being tried once more
        self._timeouts = 0
        self._printed = ""
        self._stopped = False
        self.exhausted = False  # nothing more will be run: too many timeouts, or all the time is used

    @property
    def alive(self) -> bool:
        """Whether there is a process, perhaps one that is ending."""
        return self._child is not None

    @property
    def printed(self) -> str:
        """The head of what the first process that wrote anything wrote; known once that process has ended."""
        return self._printed

    def owns(self, child: Child) -> bool:
        """Whether an event of `child` is for `receive`."""
        return child is self._child

    def prepare(self) -> None:
        """Start the process before there is anything to load."""
        if self._child is None:
            self._child = self._spawn()

    def load(self, payload: bytes) -> None:
        """Have the submission loaded; the judge is told `loaded`, or an outcome for no call."""
        if self._load_payload is not None:
            raise SandboxFault("the judge asked twice for the submission to be loaded")
        self._load_payload = payload
        self._start()

    def call(self, number: int, payload: bytes) -> None:
        """Have a call answered; the judge is told `answer`, or an outcome for this call."""
        if self._load_payload is None:
            raise SandboxFault("the judge sent a call before the submission was loaded")
        if self._stopped:
            return
        self._waiting.append(_Call(number, payload))
        if self._refusal is not None:
            self._refuse(self._refusal)
        elif self._state is _State.ABSENT:
            self._start()
        elif self._state is _State.LOADED and self._child is not None:
            if self._owes_since_s is None:
                self._owes_since_s = monotonic_s()
            self._child.send(payload)

    def receive(self, event: Event) -> None:
        """Take in what happened to the current process. Raises SandboxFault when its slot failed."""
        match event:
            case Message(body=body):
                self._receive_message(body)
            case Ended(ending=ending):
                self._receive_end(ending)
            case Broken(reason=reason):
                self._child = None
                if not self._stopped:
                    raise SandboxFault(reason)

    def deadline_s(self) -> float | None:
        """The moment at which `expire` is due; None while the process owes nothing."""
        if self._state is _State.ENDING:
            return self._killed_at_s + ENDING_GRACE_S
        if self._owes_since_s is None:
            return None
        wall_s = self._limits.wall_s * (PATIENCE if self._is_patient else 1.0)
        return self._owes_since_s + min(wall_s, self._limits.total_wall_s - self._used_s)

    def expire(self) -> None:
        """The deadline has passed: end the process, and everything when it was the last of the time."""
        if self._state is _State.ENDING:
            raise SandboxFault("a process was killed and did not end")
        self._charge()
        if self._used_s >= self._limits.total_wall_s:
            self.exhausted = True
        self._kill(Outcome.WALL_TIME)

    def stop(self) -> None:
        """End the process, whatever it does; its `Ended` is still to be received. The judge is told nothing more."""
        self._stopped = True
        self._waiting.clear()
        self._owes_since_s = None
        if self._child is not None and self._state is not _State.ENDING:
            self._kill(Outcome.ANSWERED)

    def _start(self) -> None:
        self.prepare()
        assert self._child is not None
        assert self._load_payload is not None
        self._state = _State.LOADING
        self._is_loaded = False
        self._life_s = 0.0
        self._child.send(self._load_payload)
        self._owes_since_s = monotonic_s()

    def _receive_message(self, body: bytes) -> None:
        if self._state is _State.ENDING:
            return  # too late: what ended it has been decided
        wall_s = self._charge()
        if self._state is _State.LOADING:
            self._receive_loaded(body)
        elif self._state is _State.LOADED and self._waiting:
            answered = self._waiting.popleft()
            self._is_patient = False
            self._tell({"op": "answer", "id": answered.id, "payload": body, "wall_s": wall_s})
            self._owes_since_s = monotonic_s() if self._waiting else None
        else:
            # Only code that writes to the channel itself says something unasked.
            self._refuse(Ending(Outcome.PROTOCOL, "a message that nobody asked for"))
            self._kill(Outcome.PROTOCOL)

    def _receive_loaded(self, body: bytes) -> None:
        if self._loaded_payload is None:
            self._loaded_payload = body
            self._tell({"op": "loaded", "payload": body})
        elif body != self._loaded_payload:
            # The payload is the judge's to read; that it differs from the first time is all that can be seen here.
            self._refuse(Ending(Outcome.EXITED, "the submission could not be loaded again"))
            self._kill(Outcome.EXITED)
            return
        self._state = _State.LOADED
        self._is_loaded = True
        if self._waiting and self._child is not None:
            self._owes_since_s = monotonic_s()
            for call in self._waiting:
                self._child.send(call.payload)

    def _receive_end(self, ending: Ending) -> None:
        self._charge()
        self._keep_printed()
        self._child = None
        self._state = _State.ABSENT
        if self._stopped or self._load_payload is None:
            return  # a process that dies before it is needed is made anew when it is
        if self._may_have_starved(ending):
            self._is_patient = True
            self._start()
            return
        self._is_patient = False
        if ending.outcome in {Outcome.WALL_TIME, Outcome.CPU_TIME}:
            self._timeouts += 1
        if self._loaded_payload is None:
            self._tell_outcome(None, ending)
            self._refuse(ending)
        elif not self._is_loaded:
            self._refuse(ending)
        elif self._waiting:
            self._tell_outcome(self._waiting.popleft().id, ending)
        if self._timeouts >= MAX_TIMEOUTS:
            self.exhausted = True
        if self._waiting and not self.exhausted:
            self._start()

    def _may_have_starved(self, ending: Ending) -> bool:
        """Whether it ran out of wall time for the first time and had used little of it."""
        if ending.outcome is not Outcome.WALL_TIME or ending.cpu_s is None or self._is_patient or self.exhausted:
            return False
        owes = self._loaded_payload is None or bool(self._waiting)
        return owes and ending.cpu_s < IDLE_SHARE * self._life_s

    def _refuse(self, ending: Ending) -> None:
        """Answer every call with `ending`, now and from now on."""
        self._refusal = ending
        while self._waiting:
            self._tell_outcome(self._waiting.popleft().id, ending)

    def _tell_outcome(self, number: int | None, ending: Ending) -> None:
        self._tell({"op": "outcome", "id": number, "outcome": ending.outcome.value, "detail": ending.detail})

    def _kill(self, outcome: Outcome) -> None:
        self._state = _State.ENDING
        self._killed_at_s = monotonic_s()
        if self._child is not None:
            self._child.kill(outcome)

    def _charge(self) -> float:
        """Count the time since the process was given the turn, and return it."""
        if self._owes_since_s is None:
            return 0.0
        wall_s = monotonic_s() - self._owes_since_s
        self._used_s += wall_s
        self._life_s += wall_s
        self._owes_since_s = None
        return wall_s

    def _keep_printed(self) -> None:
        if self._child is not None and not self._printed:
            self._printed = self._child.printed()
