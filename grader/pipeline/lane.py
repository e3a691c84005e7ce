"""Where submissions are graded one after another: a judge's process kept open, a student's process for each."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from typing import cast

from grader.clock import monotonic_s
from grader.errors import AuthorFault, SandboxFault, WireError
from grader.pipeline.needs import judging_wants_dynamo, wants_dynamo
from grader.pipeline.order import GradingOrder
from grader.sandbox.interface import Broken, Child, Ended, Event, Message, Sandbox
from grader.spec.question import Question
from grader.vocab import Limits, Outcome, Role
from grader.wire import Value, decode, encode

# Opening imports the question's code and reads its files; torch is there already.
OPEN_S = 60.0
# What course code leaks over many runs must not decide a verdict.
RUNS_PER_JUDGE = 500
# The judge is staff's code and serves many runs: these only stop a runaway.
JUDGE_LIMITS = Limits(
    wall_s=60.0, total_wall_s=24 * 3600.0, cpu_s=4 * 3600.0, memory_mib=4096, tmp_mib=64, answer_kib=64 * 1024
)

Said = dict[str, Value]


class JudgeSide:
    """The judge's process, open for one question."""

    def __init__(self, child: Child, question: Question) -> None:
        self.child = child
        self.question = question
        self.runs = 0
        self.torch: str | None = None

    def tell(self, message: Said) -> None:
        """Send one message."""
        self.child.send(encode(message))

    def last_words(self) -> str:
        """The end of what its process wrote, where it has ended; for staff."""
        words = self.child.printed().strip()
        return f"; it wrote: {words[-600:]}" if words else ""

    def read(self, body: bytes) -> Said:
        """One message of the judge; raises SandboxFault when it is none, AuthorFault when it is that."""
        try:
            said = decode(body)
        except WireError as error:
            raise SandboxFault(f"the judge sent what cannot be read: {error}") from error
        if not isinstance(said, dict) or not isinstance(said.get("op"), str):
            raise SandboxFault("the judge sent something that is no message")
        if said["op"] == "author_fault":
            raise _author_fault(said)
        return said


class Lane:
    """One submission at a time, from one thread; any number of them, and `close` from anywhere.

    The judge's process stays open for the question graded last; everything arrives in the one queue `events`.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.events: SimpleQueue[Event] = SimpleQueue()
        self._judge: JudgeSide | None = None
        self._closed = False

    def judge(self, question: Question) -> JudgeSide:
        """The judge for `question`, opened now unless it is open already.

        Raises AuthorFault when the question cannot be opened and SandboxFault when no process can be had.
        """
        current = self._judge
        if current is not None and (current.question.version != question.version or current.runs >= RUNS_PER_JUDGE):
            self.retire_judge()
        if self._judge is None:
            self._judge = JudgeSide(
                self._spawn(Role.JUDGE, JUDGE_LIMITS, with_dynamo=judging_wants_dynamo(question)), question
            )
            try:
                self._open(self._judge)
            except (AuthorFault, SandboxFault):
                self.retire_judge()
                raise
        return self._judge

    def device_for(self, question: Question) -> str:
        """Where its tensors live: on the card only when it asks for one and there is one."""
        return self.sandbox.device if question.spec.device == "cuda" else "cpu"

    def student(self, order: GradingOrder) -> Child:
        """A fresh process for a submission."""
        limits = order.question.spec.limits
        return self._spawn(Role.STUDENT, limits, with_dynamo=wants_dynamo(order.source, order.question))

    def next_event(self, until_s: float) -> Event | None:
        """What happens next to any process of this lane, old ones too; None when nothing did by `until_s`."""
        try:
            event = self.events.get(timeout=max(0.0, until_s - monotonic_s()))
        except Empty:
            event = None
        if self._closed:
            raise SandboxFault("grading was stopped", permanent=True)
        return event

    def retire_judge(self) -> None:
        """Let the next run have a fresh judge."""
        if self._judge is not None:
            self._judge.child.kill(Outcome.ANSWERED)
            self._judge = None

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called: nothing more is graded here."""
        return self._closed

    def close(self) -> None:
        """End the judge; a grading in progress raises SandboxFault at its next event."""
        self._closed = True
        self.retire_judge()

    def _spawn(self, role: Role, limits: Limits, *, with_dynamo: bool) -> Child:
        if self._closed:
            raise SandboxFault("grading was stopped", permanent=True)
        return self.sandbox.spawn(role, limits, self.events, with_dynamo=with_dynamo)

    def _open(self, judge: JudgeSide) -> None:
        files: Said = dict(judge.question.files)
        judge.tell({"op": "open", "files": files, "device": self.device_for(judge.question)})
        until_s = monotonic_s() + OPEN_S
        while (event := self.next_event(until_s)) is not None:
            if event.child is not judge.child:
                continue  # of a process that this lane is done with
            match event:
                case Message(body=body):
                    said = judge.read(body)
                    if said["op"] != "opened":
                        raise SandboxFault(f"the judge answered {said['op']!r} when it was opened")
                    judge.torch = cast("str | None", said.get("torch"))
                    return
                case Ended(ending=ending):
                    how = f"The judge ended while it read the question: {ending.outcome} {ending.detail}"
                    raise AuthorFault(how + judge.last_words())
                case Broken(reason=reason):
                    raise SandboxFault(reason)
        raise AuthorFault(f"Reading the question took more than {OPEN_S:.0f} s.")


def _author_fault(said: Said) -> AuthorFault:
    def text(name: str) -> str | None:
        value = said.get(name)
        return value if isinstance(value, str) else None

    line = said.get("line")
    return AuthorFault(
        text("message") or "The question failed without saying why.",
        where=text("where"),
        key=text("key"),
        line=line if isinstance(line, int) else None,
    )
