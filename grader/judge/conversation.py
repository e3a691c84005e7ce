"""One grading as the judge sees it: calls go out, answers come in, cases are decided, and a report ends it.

The submission meets hidden inputs only when nothing that its student will be shown can come back any more: the calls
of public cases go out together, then those that look for a smaller counterexample, one by one, and at last the hidden
ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from grader.errors import WireError
from grader.judge.answers import read_answer, read_loaded
from grader.judge.cases import MadeCase
from grader.judge.decide import Decision, Judgement
from grader.judge.messages import say
from grader.judge.observations import Observation
from grader.judge.open_question import OpenQuestion
from grader.judge.outcomes import (
    Ruling,
    fault_ruling,
    protocol_ruling,
    ruling_of_error,
    ruling_of_outcome,
    total_time_ruling,
)
from grader.judge.pictures import graph_request, read_graph
from grader.judge.reconcile import Evidence, reconcile
from grader.judge.reference import Expected
from grader.judge.report import case_dict, report_dict
from grader.judge.score import score
from grader.judge.shrink import Candidate, Shrinker
from grader.judge.snippet import snippet
from grader.spec.model import RESULT, Case
from grader.vocab import Outcome, Verdict, Visibility
from grader.wire import Bounds, encode

# Explaining may not cost the time that hidden cases need: of `total_wall_s`.
SHARE_BEFORE_HIDDEN = 0.25

Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What one grading is asked to do."""

    source: bytes
    seed: int
    only_public: bool = False
    explain: bool = True
    progress: bool = True  # whether each case is told as it is decided


@dataclass(slots=True)
class _Asked:
    """A call that was sent and is not answered yet."""

    made: MadeCase
    candidate: Candidate | None = None  # inputs that may explain a failure
    expected: Expected | None = None
    draws: bool = False  # only the graph behind the result is looked at

    @property
    def is_case(self) -> bool:
        """Whether the answer decides a case of the question."""
        return self.candidate is None and not self.draws


@dataclass
class Conversation:
    """One grading run. `begin` once, then `receive` until `done`; what is to be sent goes through `tell`."""

    question: OpenQuestion
    order: Order
    bounds: Bounds
    tell: Tell
    flush: Callable[[], None] = lambda: None  # what was told so far must go out now
    done: bool = False
    _asked: dict[int, _Asked] = field(default_factory=dict)
    _held: list[_Asked] = field(default_factory=list)  # hidden cases, until the public ones are done with
    _loaded_well: bool = False
    _decided: dict[str, Decision] = field(default_factory=dict)
    _next_id: int = 0
    _drawn: bool = False  # the graph was asked for, where one is wanted
    _shrinker: Shrinker | None = None
    _explained: bool = False  # nothing further is asked to explain a public case
    _used_s: float = 0.0  # by the answers so far

    def begin(self) -> None:
        """Send the submission and the public calls, then compute what all should give. Raises AuthorFault."""
        self.tell({"op": "load", "payload": encode(self.question.load_message(self.order.source), self.bounds)})
        for case in self.question.spec.cases:
            skipped = self._why_skipped(case)
            if skipped is not None:
                self._decide(case, Decision(Ruling(Verdict.SKIPPED, None, say(skipped))))
            elif case.visibility is Visibility.PUBLIC:
                self._ask(_Asked(self.question.made(case, self.order.seed)))
        self.flush()
        # The submission runs meanwhile.
        self._held = [
            _Asked(self.question.made(case, self.order.seed))
            for case in self.question.spec.cases
            if case.visibility is Visibility.HIDDEN and case.name not in self._decided
        ]
        for asked in [*self._asked.values(), *self._held]:
            asked.expected = self.question.expected(asked.made)
        self._go_on()

    def receive(self, message: dict[str, Any]) -> None:
        """Take in one message of the worker's. Raises AuthorFault."""
        if self.done:
            return
        match message:
            case {"op": "loaded", "payload": bytes(payload)}:
                self._loaded(payload)
            case {"op": "answer", "id": int(number), "payload": bytes(payload), "wall_s": float(wall_s)}:
                self._answered(number, payload, wall_s)
            case {"op": "outcome", "id": None, "outcome": str(outcome), "detail": str(detail)}:
                self._settle_all(ruling_of_outcome(Outcome(outcome), detail, self.question.spec.limits))
            case {"op": "outcome", "id": int(number), "outcome": str(outcome), "detail": str(detail)}:
                self._ended(number, ruling_of_outcome(Outcome(outcome), detail, self.question.spec.limits))
            case {"op": "abandon"}:
                self._settle_all(total_time_ruling(self.question.spec.limits))
            case _:
                raise WireError(f"a message that means nothing here: {message.get('op')!r}")
        self._go_on()

    def _why_skipped(self, case: Case) -> str | None:
        hidden = case.visibility is Visibility.HIDDEN
        if hidden and (self.order.only_public or self.question.reference is None):
            return "not_run"
        return None if self.question.can_judge(case) else "no_expected"

    def _ask(self, asked: _Asked) -> None:
        number = self._next_id
        self._next_id += 1
        if asked.is_case:
            payload = self.question.payload(asked.made, number, self.bounds)
        else:
            payload = encode({**asked.made.call, "id": number}, self.bounds)
        self._asked[number] = asked
        self.tell({"op": "call", "id": number, "payload": payload})

    def _loaded(self, payload: bytes) -> None:
        try:
            answer = read_loaded(payload, self.bounds)
        except WireError as error:
            self._settle_all(protocol_ruling(str(error)))
            return
        if answer.fault is not None:
            self._settle_all(fault_ruling(answer.fault))
        elif answer.error is not None:
            self._settle_all(ruling_of_error(answer.error, self.question.spec.limits))
        else:
            self._loaded_well = True

    def _answered(self, number: int, payload: bytes, wall_s: float) -> None:
        asked = self._asked.get(number)
        if asked is None:
            return
        try:
            answer = read_answer(payload, number, len(asked.made.observations), self.bounds)
        except (WireError, RecursionError, MemoryError) as error:
            self._ended(number, protocol_ruling(str(error)))
            return
        del self._asked[number]
        self._used_s += wall_s
        judgement = Judgement(self.question, asked.made)
        if asked.draws:
            drawn = answer.observed[0] if answer.observed else None
            self._decided[asked.made.case.name].graph = read_graph(drawn)
        elif asked.candidate is None:
            expected = asked.expected or self.question.expected(asked.made)
            decision = judgement.decide(expected, answer)
            decision.wall_s = wall_s
            self._decide(asked.made.case, decision)
        elif self._shrinker is not None:
            self._shrinker.learn(asked.candidate, judgement.decide_candidate(answer))

    def _ended(self, number: int, ruling: Ruling) -> None:
        asked = self._asked.pop(number, None)
        if asked is None:
            return
        if asked.is_case:
            self._decide(asked.made.case, Decision(ruling, made=asked.made))
        else:
            self._explained = True  # the process died of it, or hung: the cases that are left matter more

    def _settle_all(self, ruling: Ruling) -> None:
        """Nothing that is unanswered will be answered."""
        for asked in [*self._asked.values(), *self._held]:
            if asked.is_case:
                self._decide(asked.made.case, Decision(ruling, made=asked.made))
        self._asked.clear()
        self._held.clear()
        self._finish()

    def _decide(self, case: Case, decision: Decision) -> None:
        self._decided[case.name] = decision
        if decision.verdict is Verdict.SKIPPED or not self.order.progress:
            return
        share = self.question.spec.points_of(case)
        points = share if decision.verdict is Verdict.ACCEPTED else 0.0
        self.tell({"op": "case", "result": case_dict(self.question.spec, case, decision, points, share)})

    def _go_on(self) -> None:
        """When everything is answered: explain further, or ask what is left, or report."""
        if self.done or self._asked or (self._held and not self._loaded_well):
            return
        if not self._explained:
            self._explain()
        if not self._asked and self._held:
            held, self._held = self._held, []
            for asked in held:
                self._ask(asked)
        elif not self._asked:
            self._finish()

    def _explain(self) -> None:
        """Ask for the graph, then for the next candidate, if there is one and time for it."""
        in_time = self._used_s <= SHARE_BEFORE_HIDDEN * self.question.spec.limits.total_wall_s
        if in_time and not self._drawn and self.order.explain:
            self._drawn = True
            made = self._to_draw()
            if made is not None:
                self._ask(_Asked(made, draws=True))
                return
        if self._shrinker is None and self.order.explain:
            self._shrinker = self._new_shrinker()
        candidate = self._shrinker.next_candidate() if self._shrinker is not None and in_time else None
        if candidate is None:
            self._explained = True
        else:
            self._ask(_Asked(candidate.made, candidate))

    def _to_draw(self) -> MadeCase | None:
        """A public case that grades gradients: the first whose answer failed, or any where only public ones are run."""
        for case in self.question.spec.cases:
            decision = self._decided.get(case.name)
            if case.visibility is not Visibility.PUBLIC or decision is None or decision.made is None:
                continue
            grade, made = decision.made.grade, decision.made
            if not grade.gradients and not grade.parameter_gradients:
                continue
            if decision.finding is not None or (self.order.only_public and decision.verdict is Verdict.ACCEPTED):
                request = graph_request(grade.gradients)
                return replace(
                    made,
                    observations=(Observation("graph", "graph", RESULT, request),),
                    call={**made.call, "observe": [request]},
                )
        return None

    def _new_shrinker(self) -> Shrinker | None:
        """For the first public case that failed with a wrong value or an exception."""
        if self.question.reference is None:
            return None
        public = [case for case in self.question.spec.cases if case.visibility is Visibility.PUBLIC]
        failed = (self._decided[case.name] for case in public if self._decided[case.name].can_shrink)
        first = next(failed, None)
        return Shrinker(self.question, first) if first is not None else None

    def _finish(self) -> None:
        self._reconcile()
        self._write_snippets()
        spec = self.question.spec
        scored = score(spec, {case.name: self._decided[case.name].verdict for case in spec.cases})
        cases = [
            case_dict(spec, case, self._decided[case.name], scored.points[case.name], scored.max_points[case.name])
            for case in spec.cases
        ]
        self.done = True
        report = report_dict(self.question, self.order.seed, scored, cases, loaded=self._loaded_well)
        self.tell({"op": "report", "report": report})

    def _reconcile(self) -> None:
        evidence = [
            Evidence(name, decision.expected_value, decision.given_value, decision.finding)
            for name, decision in self._decided.items()
            if decision.has_value
        ]
        try:
            better = reconcile(evidence)
        except Exception as error:  # noqa: BLE001
            # It reads answers, as `Judgement.decide` does, and what was decided stands without it.
            for item in evidence:
                self._decided[item.name] = self._decided[item.name].with_note(error)
            return
        for name, finding in better.items():
            self._decided[name] = self._decided[name].with_finding(finding)

    def _write_snippets(self) -> None:
        """Of failing public cases, so that they can be tried at home; the first one's is the smallest found."""
        if not self.order.explain:
            return
        for case in self.question.spec.cases:
            decision = self._decided[case.name]
            if case.visibility is not Visibility.PUBLIC or not decision.can_shrink or decision.made is None:
                continue
            decision.snippet = self._snippet_of(decision)

    def _snippet_of(self, decision: Decision) -> str | None:
        shown = decision
        if self._shrinker is not None and self._shrinker.smallest is not None:
            smallest = self._shrinker.smallest
            if smallest.made is not None and decision.made is not None and smallest.made.case is decision.made.case:
                shown = smallest
        assert shown.made is not None
        return snippet(self.question.spec, shown.made, shown.finding, shown.raised)
