"""One grading as the judge sees it: calls go out, answers come in, cases are decided, and a report ends it.

The submission meets hidden inputs only when nothing that its student will be shown can come back any more: the calls
of public cases go out together, then those that look for a smaller counterexample, one by one, and at last the hidden
ones. Failures that may be chance are asked again before they are charged; what failed for good is asked once more for
the signature of the mistake, when every verdict is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from grader.errors import AuthorFault, WireError
from grader.judge.again import is_doubtful, made_again, settled
from grader.judge.answers import Answer, read_answer, read_loaded
from grader.judge.cases import MadeCase
from grader.judge.decide import Decision, Judgement
from grader.judge.follow import can_follow, followed, replaced_names, with_values_of_reference
from grader.judge.messages import say
from grader.judge.mistake import SHARE_OF_TIME, asked_twice, is_right, signature, signature_of_loading, signings
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
from grader.judge.score import Score, score
from grader.judge.shrink import Shrinker
from grader.judge.snippet import snippet
from grader.spec.model import RESULT, Case
from grader.vocab import Outcome, Verdict, Visibility
from grader.wire import Bounds, encode

# Explaining may not cost the time that hidden cases need: of `total_wall_s`.
SHARE_BEFORE_HIDDEN = 0.25

# Nor may asking again before a failure is charged, which matters more.
SHARE_BEFORE_CHARGED = 0.5

_OVER: Final = object()

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
    """A call that was sent. Where it is not a case of the question, what came of it stands here for who asked."""

    made: MadeCase
    expected: Expected | None = None
    is_case: bool = True  # the answer decides a case of the question
    answer: Answer | None = None
    ended: Ruling | None = None


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
    _plan: Iterator[None] = field(default_factory=lambda: iter(()))
    _shrinker: Shrinker | None = None
    _used_s: float = 0.0  # by the answers so far
    _mistake: str | None = None

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
        self._plan = self._what_follows()
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

    def _ask(self, asked: _Asked) -> _Asked:
        number = self._next_id
        self._next_id += 1
        if asked.is_case:
            payload = self.question.payload(asked.made, number, self.bounds)
        else:
            payload = encode({**asked.made.call, "id": number}, self.bounds)
        self._asked[number] = asked
        self.tell({"op": "call", "id": number, "payload": payload})
        return asked

    def _ask_besides(self, made: MadeCase) -> _Asked:
        """A call that decides nothing by itself."""
        return self._ask(_Asked(made, is_case=False))

    def _loaded(self, payload: bytes) -> None:
        try:
            answer = read_loaded(payload, self.bounds)
        except WireError as error:
            self._settle_all(protocol_ruling(str(error)))
            return
        if answer.fault is not None:
            self._settle_all(fault_ruling(answer.fault))
        elif answer.error is not None:
            self._mistake = signature_of_loading(answer.error) if self.order.explain else None
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
        if not asked.is_case:
            asked.answer = answer
            return
        expected = asked.expected or self.question.expected(asked.made)
        judgement = Judgement(self.question, asked.made)
        decision = judgement.decide(expected, answer)
        decision.wall_s = wall_s
        decision.answer, decision.own_made = answer, asked.made
        decision.is_doubtful = is_doubtful(judgement, decision, expected, answer)
        self._decide(asked.made.case, decision)

    def _ended(self, number: int, ruling: Ruling) -> None:
        asked = self._asked.pop(number, None)
        if asked is None:
            return
        if asked.is_case:
            self._decide(asked.made.case, Decision(ruling, made=asked.made))
        else:
            asked.ended = ruling

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
        if decision.verdict is Verdict.SKIPPED or decision.is_doubtful or not self.order.progress:
            return
        share = self.question.spec.points_of(case)
        points = share if decision.verdict is Verdict.ACCEPTED else 0.0
        self.tell({"op": "case", "result": case_dict(self.question.spec, case, decision, points, share)})

    def _go_on(self) -> None:
        """When everything is answered: ask what follows, or report."""
        while not (self.done or self._asked or (self._held and not self._loaded_well)):
            if next(self._plan, _OVER) is _OVER:
                self._finish()

    def _what_follows(self) -> Iterator[None]:
        """Everything that is asked after the public cases; wherever it yields, answers are waited for."""
        yield from self._ask_again(Visibility.PUBLIC)
        yield from self._follow_through(Visibility.PUBLIC)
        yield from self._explain()
        held, self._held = self._held, []
        for asked in held:
            self._ask(asked)
        yield
        yield from self._ask_again(Visibility.HIDDEN)
        yield from self._follow_through(Visibility.HIDDEN)
        yield from self._sign()

    def _in_time(self, share: float, further_s: float = 0.0) -> bool:
        return self._used_s + further_s <= share * self.question.spec.limits.total_wall_s

    def _cases(self, visibility: Visibility) -> list[tuple[Case, Decision]]:
        """The cases of a kind with what they came to."""
        cases = [case for case in self.question.spec.cases if case.visibility is visibility]
        return [(case, self._decided[case.name]) for case in cases]

    def _ask_again(self, visibility: Visibility) -> Iterator[None]:
        """Before a doubtful failure is charged."""
        asked: list[tuple[Case, Decision, list[_Asked]]] = []
        for case, decision in self._cases(visibility):
            if decision.is_doubtful and decision.made is not None:
                made = self._made_again(decision.made) if self._in_time(SHARE_BEFORE_CHARGED) else []
                asked.append((case, decision, [self._ask_besides(one) for one in made]))
        yield
        for case, decision, calls in asked:
            again = [self._decided_besides(call) for call in calls]
            self._decide(case, settled(decision, again))

    def _made_again(self, made: MadeCase) -> list[MadeCase]:
        try:
            return made_again(self.question, made, self.order.seed)
        except AuthorFault:
            return []  # a maker that fails with some seeds; it made what failed

    def _decided_besides(self, asked: _Asked) -> Decision | None:
        """What an answer would come to; None where none came, or nothing to compare it with."""
        if asked.answer is None:
            return None
        try:
            return Judgement(self.question, asked.made).decide(self.question.expected_besides(asked.made), asked.answer)
        except AuthorFault:
            return None

    def _follow_through(self, visibility: Visibility) -> Iterator[None]:
        """Have parts answered with the reference's values for earlier ones.

        Earlier parts first, one by one: what is handed on to a later part was decided about by then.
        """
        failed = [(case, own) for case, own in self._cases(visibility) if can_follow(self.question, own)]
        spec = self.question.spec
        for case, own in sorted(failed, key=lambda one: len(spec.program_of(spec.grade_of(one[0])))):
            if not self._in_time(SHARE_BEFORE_CHARGED):
                return
            assert own.made is not None
            expected = self.question.expected(own.made)
            names = replaced_names(Judgement(self.question, own.made), own, expected)
            if not names or expected.raises is not None:
                continue
            made = with_values_of_reference(own.made, names, expected)
            asked = self._ask_besides(made)
            yield
            if asked.answer is not None:
                through = Judgement(self.question, made).decide(self.question.expected_besides(made), asked.answer)
                self._decide(case, followed(own, through, names))

    def _explain(self) -> Iterator[None]:
        """Ask for the graph, then for smaller inputs that fail in the same way, as long as there is time for it."""
        if not self.order.explain:
            return
        drawn = self._to_draw() if self._in_time(SHARE_BEFORE_HIDDEN) else None
        if drawn is not None:
            asked = self._ask_besides(drawn)
            yield
            if asked.answer is None:
                return  # the process died of it, or hung: the cases that are left matter more
            picture = asked.answer.observed[0] if asked.answer.observed else None
            self._decided[drawn.case.name].graph = read_graph(picture)
        self._shrinker = self._new_shrinker()
        while self._shrinker is not None and self._in_time(SHARE_BEFORE_HIDDEN):
            candidate = self._shrinker.next_candidate()
            if candidate is None:
                return
            asked = self._ask_besides(candidate.made)
            yield
            if asked.answer is None:
                return
            judgement = Judgement(self.question, candidate.made)
            self._shrinker.learn(candidate, judgement.decide_candidate(asked.answer))

    def _sign(self) -> Iterator[None]:
        """Have what failed answered for the inputs that everyone gets, and the first of it twice."""
        if not self.order.explain:
            return
        decided = [(case.name, self._decided[case.name]) for case in self.question.spec.cases]
        if all(is_right(decision) for _, decision in decided):
            return
        try:
            signed = signings(self.question, decided)
        except AuthorFault:
            return  # a maker that fails with these inputs: no submission has a signature then
        twice = asked_twice(signed)
        costs_s = [signing.decision.wall_s or 0.0 for signing in [*signed, *twice] if signing.made is not None]
        if not costs_s or not self._in_time(SHARE_OF_TIME, sum(costs_s)):
            return
        asked = [(signing, self._ask_besides(signing.made)) for signing in signed if signing.asks and signing.made]
        again = [(signing, self._ask_besides(signing.made)) for signing in twice if signing.made]
        yield
        for signing, call in asked:
            signing.answer, signing.ended = call.answer, call.ended
        for signing, call in again:
            signing.again = call.answer
        try:
            self._mistake = signature(self.question, signed)
        except AuthorFault:
            return

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
        report = report_dict(
            self.question, self.order.seed, scored, cases, loaded=self._loaded_well, mistake=self._mistake_of(scored)
        )
        self.tell({"op": "report", "report": report})

    def _mistake_of(self, scored: Score) -> str | None:
        return self._mistake if scored.verdict not in (Verdict.ACCEPTED, Verdict.JUDGE_ERROR) else None

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
            if case.visibility is not Visibility.PUBLIC or not decision.failed_by_answer or decision.made is None:
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
