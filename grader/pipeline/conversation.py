"""One submission between the judge, which drives, and the student's process, which answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from grader.clock import monotonic_s
from grader.errors import AuthorFault, SandboxFault
from grader.pipeline.lane import JudgeSide, Lane, Said
from grader.pipeline.order import CaseResult, GradingOrder, Provenance
from grader.pipeline.student import StudentSide
from grader.sandbox.interface import Broken, Ended, Message
from grader.vocab import Verdict

T = TypeVar("T")

# The judge computes what a submission computes, besides its checks: silence this long is a reference that hangs.
JUDGE_SILENCE_S = 60.0
# What the judge may use in all, above the student's own time: bounds one that goes on asking for ever.
JUDGE_TOTAL_S = 300.0
# A killed process group is gone in milliseconds.
GONE_WITHIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Decided:
    """What the judge reports at the end."""

    verdict: Verdict
    score: float
    max_score: float
    loaded: bool
    cases: tuple[CaseResult, ...]
    provenance: Provenance
    mistake: str | None = None


class Conversation:
    """One run. `run` may be called once; `close` always."""

    def __init__(self, order: GradingOrder, lane: Lane, on_case: Callable[[CaseResult], None] | None) -> None:
        self._order = order
        self._lane = lane
        self._on_case = on_case
        self._judge: JudgeSide = lane.judge(order.question)
        self._limits = order.question.spec.limits
        self._student = StudentSide(lambda: lane.student(order), self._limits, self._judge.tell)
        self._judge_since_s = monotonic_s()  # when the judge last had something to do
        self._abandoned = False
        self._decided = False

    @property
    def printed(self) -> str:
        """The head of what the submission wrote; complete after `close`."""
        return self._student.printed

    def run(self) -> Decided:
        """Relay until the judge has decided.

        Raises AuthorFault and SandboxFault; how a submission fails is for the judge to decide about.
        """
        order = self._order
        only_public = order.only_public or not order.question.has_reference
        self._judge.tell(
            {
                "op": "grade",
                "source": order.source,
                "seed": order.seed,
                "only_public": only_public,
                "explain": order.explain,
                "progress": self._on_case is not None,
            }
        )
        # While the judge makes inputs, a process is made for whom they are for.
        self._student.prepare()
        last_s = monotonic_s() + self._limits.total_wall_s + JUDGE_TOTAL_S
        while True:
            if self._student.exhausted:
                self._abandon()
            decided = self._step(last_s)
            if decided is not None:
                self._decided = True
                self._judge.runs += 1
                return decided

    def close(self) -> None:
        """End the submission's process and wait until it is gone; its slot answers for one that takes longer."""
        if not self._decided:
            self._lane.retire_judge()  # one in the middle of a run cannot begin another
        self._student.stop()
        until_s = monotonic_s() + GONE_WITHIN_S
        while self._student.alive and (event := self._lane.next_event(until_s)) is not None:
            if self._student.owns(event.child):
                self._student.receive(event)
            elif event.child is self._judge.child and not isinstance(event, Message):
                self._lane.retire_judge()

    def _step(self, last_s: float) -> Decided | None:
        """Take in the next event, or a deadline that passes without one."""
        turn_s = self._student.deadline_s()
        event = self._lane.next_event(min(last_s, self._judge_since_s + JUDGE_SILENCE_S if turn_s is None else turn_s))
        if event is None:
            if turn_s is None or monotonic_s() >= last_s:
                raise AuthorFault("The judge takes too long: does the reference or a check hang on some inputs?")
            self._student.expire()
            return None
        if event.child is self._judge.child:
            return self._hear_judge(event)
        if self._student.owns(event.child):
            self._student.receive(event)
            self._judge_since_s = monotonic_s()
        return None

    def _hear_judge(self, event: Message | Ended | Broken) -> Decided | None:
        self._judge_since_s = monotonic_s()
        match event:
            case Broken(reason=reason):
                raise SandboxFault(reason)
            case Ended(ending=ending):
                how = f"The judge ended while it graded: {ending.outcome} {ending.detail}".rstrip()
                how += self._judge.last_words()
                # What many runs before have left behind is not the question's fault: let a fresh judge tell.
                raise SandboxFault(how) if self._judge.runs else AuthorFault(how)
            case Message(body=body):
                return self._obey(self._judge.read(body))

    def _obey(self, said: Said) -> Decided | None:
        match said:
            case {"op": "load", "payload": bytes(payload)}:
                self._student.load(payload)
            case {"op": "call", "id": int(number), "payload": bytes(payload)}:
                self._student.call(number, payload)
            case {"op": "case", "result": dict(result)}:
                if self._on_case is not None:
                    self._on_case(_converted(result, CaseResult))
            case {"op": "report", "report": dict(report)}:
                return _converted(report, Decided)
            case _:
                raise SandboxFault(f"the judge said {said['op']!r}, which means nothing here")
        return None

    def _abandon(self) -> None:
        """Have the judge decide with what it has."""
        if not self._abandoned:
            self._abandoned = True
            self._student.stop()
            self._judge.tell({"op": "abandon"})
            self._judge_since_s = monotonic_s()


def _converted(value: Said, kind: type[T]) -> T:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise SandboxFault(f"the judge's result has another form than agreed: {error}") from error
