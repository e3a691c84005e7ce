"""Decides one case: the answer against what is expected, then the question's checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.errors import AuthorFault
from grader.judge.answers import Answer, Error
from grader.judge.author_code import AuthorFile
from grader.judge.cases import MadeCase
from grader.judge.checks import run_checks
from grader.judge.closeness import loosened
from grader.judge.findings import Finding, most_telling
from grader.judge.messages import cut, say
from grader.judge.observations import Observation
from grader.judge.observed import Comparison
from grader.judge.open_question import OpenQuestion
from grader.judge.outcomes import Ruling, fault_ruling, not_comparable_ruling, ruling_of_error
from grader.judge.reference import Expected
from grader.judge.scene import Scene
from grader.judge.tensors import as_float, as_numbers
from grader.spec.model import Tolerance
from grader.vocab import Diagnosis, Verdict
from grader.wire import Tagged, Value

RIGHT = Ruling(Verdict.ACCEPTED, None, say("right"))


@dataclass(slots=True)
class Decision:
    """What a case came to, with the evidence that later readings need."""

    ruling: Ruling
    made: MadeCase | None = None
    finding: Finding | None = None
    error: Error | None = None
    expected_value: Value = None
    given_value: Value = None
    has_value: bool = False
    snippet: str | None = None
    graph: dict[str, Any] | None = None  # behind the result, as its process described it
    wall_s: float | None = None  # as the worker measured it; waiting for the judge is not in it
    is_doubtful: bool = False  # it may have failed by chance, and is asked again before it is told
    is_unstable: bool = False  # it failed, and passed when it was asked again
    followed_through: bool = False  # with the reference's values of earlier parts
    answer: Answer | None = None  # to the submission's own call; None where it gave none
    own_made: MadeCase | None = None  # the case that `answer` is to
    fingerprint: str | None = None

    @property
    def verdict(self) -> Verdict:
        return self.ruling.verdict

    @property
    def raised(self) -> str | None:
        """The exception of the submission, for people."""
        return f"{self.error.type}: {self.error.message}" if self.error is not None else None

    @property
    def can_shrink(self) -> bool:
        """Whether it failed by its own answer, so that further calls cost little."""
        return self.failed_by_answer and not self.followed_through

    @property
    def failed_by_answer(self) -> bool:
        """Whether an answer is what was wrong, on its own values or on the reference's."""
        return self.made is not None and (self.finding is not None or self.error is not None)

    def fails_like(self, other: Decision) -> bool:
        """Whether both fail in the same way."""
        if self.error is not None and other.error is not None:
            return self.error.type == other.error.type
        if self.finding is None or other.finding is None:
            return False
        return self.finding.diagnosis is other.finding.diagnosis

    def with_finding(self, finding: Finding) -> Decision:
        """The same decision, explained another way."""
        return replace(self, finding=finding, ruling=_wrong(finding))

    def with_note(self, error: Exception) -> Decision:
        """The same decision, with what staff should hear of a failure of ours to explain it."""
        note = f"{self.ruling.note or ''}\nnot explained further: {type(error).__name__}: {error}".lstrip()
        return replace(self, ruling=replace(self.ruling, note=cut(note)))


@dataclass(frozen=True, slots=True)
class WrongPart:
    """One observation that is wrong, with both values; or what a check says, without."""

    finding: Finding
    observation: Observation | None = None
    expected: Value = None
    given: Value = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Decides about answers to one made case. `slack` asks what would be decided with wider tolerances."""

    question: OpenQuestion
    made: MadeCase
    slack: float = 1.0

    def decide(self, expected: Expected, answer: Answer) -> Decision:
        """The decision. Raises AuthorFault when a check fails to run."""
        try:
            return self._decide(expected, answer)
        except AuthorFault:
            raise
        except Exception as error:  # noqa: BLE001
            # A named boundary: answers are made by hostile code, and one that the judge stumbles over (also for memory
            # or recursion) is a wrong answer. It must not become the grader's fault, which costs no attempt.
            return Decision(not_comparable_ruling(error), self.made)

    def _decide(self, expected: Expected, answer: Answer) -> Decision:
        if answer.fault is not None:
            return Decision(fault_ruling(answer.fault), self.made)
        if answer.error is not None:
            return self._of_error(expected, answer.error)
        if expected.raises is not None:
            finding = Finding(Diagnosis.WRONG_VALUE, say("no_exception", expected=expected.raises))
            return Decision(_wrong(finding), self.made, finding)
        assert answer.observed is not None
        wrong = self._finding(expected.observed, answer.observed)
        has_value = bool(self.made.observations) and self.made.observations[0].key == "value"
        return Decision(
            RIGHT if wrong is None else _wrong(wrong),
            self.made,
            wrong,
            expected_value=expected.observed[0] if has_value else None,
            given_value=answer.observed[0] if has_value else None,
            has_value=has_value and not self.made.observations[0].structure_only,
        )

    def decide_candidate(self, answer: Answer) -> Decision | None:
        """The same for inputs that are our own idea: None where the reference cannot or should not handle them."""
        if self.question.reference is None:
            return None
        try:
            expected = self.question.reference.run(self.made)
            return self.decide(expected, answer) if _is_ordinary(expected) else None
        except Exception:  # noqa: BLE001
            # Neither the reference nor a check need cope with inputs of ours, and nothing hangs on the explanation.
            return None

    def _of_error(self, expected: Expected, error: Error) -> Decision:
        if expected.raises is None or error.stage != "step":
            return Decision(ruling_of_error(error, self.question.spec.limits), self.made, error=error)
        if error.type == expected.raises:
            return Decision(RIGHT, self.made)
        said = say("unwanted_exception", expected=expected.raises, given=cut(error.type, 60))
        finding = Finding(Diagnosis.EXCEPTION, said, note=f"{error.type}: {error.message}")
        return Decision(replace(_wrong(finding), frames=error.frames), self.made, finding, error)

    def _finding(self, expected: list[Value], given: list[Value]) -> Finding | None:
        findings = [part.finding for part in self.wrong_parts(expected, given)]
        return most_telling(findings) if findings else None

    def wrong_parts(self, expected: list[Value], given: list[Value]) -> list[WrongPart]:
        """Everything that is wrong, in the order of the observations; what a check says goes first."""
        rules = Comparison(self.question.spec, Scene(self.made.grade, self._tolerance, self.made.sent))
        wrong: list[WrongPart] = []
        of_structure: list[Finding] = []
        for observation, wanted, got in zip(self.made.observations, expected, given, strict=True):
            if observation.is_carried:
                continue
            finding = rules.finding(observation, wanted, got, right_so_far=not wrong)
            if finding is None:
                continue
            if observation.is_extra:
                of_structure.append(finding)
            else:
                wrong.append(WrongPart(finding, observation, wanted, got))
        if self.made.grade.checks and self.question.checks and not any(part.finding.specific for part in wrong):
            failed = self._check(self.question.checks, expected, given, of_structure)
            if failed is not None:  # the author's words go before those that only say that something differs
                shown = wrong[0].finding if wrong else failed
                failed = replace(failed, worst=shown.worst, error_grid=shown.error_grid, curve=shown.curve)
                wrong.insert(0, WrongPart(failed))
        return wrong

    def wrong_before(self, expected: list[Value], given: list[Value]) -> tuple[str, ...]:
        """Names of the earlier parts' values that are wrong."""
        rules = Comparison(self.question.spec, Scene(self.made.grade, self._tolerance, self.made.sent))
        return tuple(
            observation.of
            for observation, wanted, got in zip(self.made.observations, expected, given, strict=True)
            if observation.is_carried and rules.finding(observation, wanted, got, right_so_far=False) is not None
        )

    @property
    def _tolerance(self) -> Tolerance:
        told = self.question.spec.tolerance
        return told if self.slack == 1.0 else loosened(told, self.slack)

    def _check(
        self, checks: AuthorFile, expected: list[Value], given: list[Value], of_structure: list[Finding]
    ) -> Finding | None:
        """What the checks say; about what is not compared they decide alone.

        A check that cannot cope with an answer of another structure than the reference's is not wrong: the answer is.
        """
        try:
            return run_checks(checks, self.made, expected, given, self._tolerance)
        except AuthorFault:
            if not of_structure:
                raise
            return of_structure[0]


def _wrong(finding: Finding) -> Ruling:
    return Ruling(Verdict.WRONG_ANSWER, finding.diagnosis, finding.said, note=finding.note)


def _is_ordinary(expected: Expected) -> bool:
    """Whether the reference gives finite numbers: a shrunk case must not be a degenerate one."""
    if expected.raises is not None:
        return False
    return all(_finite(value) for value in expected.observed)


def _finite(value: Value) -> bool:
    if isinstance(value, list | tuple):
        return all(_finite(item) for item in value)
    if isinstance(value, dict):
        return all(_finite(item) for item in value.values())
    if isinstance(value, Tagged) or type(value) in (float, complex):
        numbers = as_numbers(value)
        return numbers is None or bool(np.isfinite(as_float(numbers.values)).all())
    return True
