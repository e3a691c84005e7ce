"""Compares what was observed of a submission with what was observed of the reference, each kind in its own way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from msgspec import structs

from grader.errors import AuthorFault
from grader.judge.compare import compare
from grader.judge.effects import (
    compare_input,
    compare_instance,
    compare_log,
    compare_random_state,
    compare_same,
    compare_training,
    excessive_operators,
)
from grader.judge.findings import Finding
from grader.judge.graph import compare_gradients
from grader.judge.messages import Subject, say
from grader.judge.observations import Observation
from grader.judge.scene import Scene
from grader.judge.states import compare_modules, members
from grader.judge.tensors import as_numbers
from grader.spec.model import RESULT, QuestionSpec
from grader.spec.question import SOLUTION_FILE
from grader.vocab import Diagnosis
from grader.wire import Tagged, Value


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rules of one case."""

    spec: QuestionSpec
    scene: Scene

    def finding(self, observation: Observation, expected: Value, given: Value, *, right_so_far: bool) -> Finding | None:
        """What is wrong with one observation; None when it is right. `right_so_far`: so are those before it."""
        finding = self._compare(observation, expected, given)
        if finding is None or finding.factor is None or not right_so_far:
            return finding
        if observation.what not in {"gradient", "parameter_gradient"} or not self.scene.grade.value:
            return finding
        # While the value is right, a whole multiple that no size explains has piled up. Where nobody looked at the
        # value, a factor that was left out is likelier.
        factor = finding.factor
        if finding.diagnosis is Diagnosis.CONSTANT_FACTOR and factor.value > 1.5 and _is_whole(factor.value):
            said = say("accumulated", subject=Subject(factor.subject), factor=round(factor.value))
            return finding.called(Diagnosis.ACCUMULATED_GRADIENT, said)
        return finding

    def _compare(self, observation: Observation, expected: Value, given: Value) -> Finding | None:
        of, entry = observation.of, observation.entry
        match observation.what:
            case "value":
                return self._value(observation, expected, given)
            case "attribute":
                subject = Subject(f"`{observation.key.removeprefix('attribute:')}`")
                return compare(expected, given, self.scene, subject)
            case "gradient":
                return compare_gradients(expected, given, self.scene)
            case "parameter_gradient":
                return compare_gradients(expected, given, self.scene, module=of, by=self._matching(of))
            case "state":
                return self._state(of, expected, given)
            case "input":
                return compare_input(expected, given, of)
            case "log":
                loose = structs.replace(self.scene.grade, dtype="any", container="any", scalar="any", shape="squeeze")
                return compare_log(expected, given, replace(self.scene, grade=loose), of)
            case "random_state":
                return compare_random_state(expected, given)
            case "training":
                return compare_training(expected, given, of)
            case "isinstance":
                return compare_instance(entry, given)
            case "same":
                return compare_same(entry, given)
            case "operators":
                return excessive_operators(given, self.scene.grade.operators)
            case _:
                raise ValueError(f"nothing is observed that is called {observation.what!r}")

    def _value(self, observation: Observation, expected: Value, given: Value) -> Finding | None:
        if type(expected) is Tagged and expected.kind == "unsupported":
            if observation.structure_only:
                return None  # an object of the submission's own: other observations speak of it
            message = f"the result of the reference cannot be graded: {expected.fields.get('type')!s}"
            raise AuthorFault(message, where=SOLUTION_FILE, key="value")
        name = "the result" if observation.of == RESULT else f"`{observation.of}`"
        return compare(expected, given, self.scene, Subject(name), values=not observation.structure_only)

    def _state(self, name: str, expected: Value, given: Value) -> Finding | None:
        subject = Subject(f"`{name}`")
        if type(expected) is not Tagged or expected.kind != "module_seen":
            return compare(expected, given, self.scene, subject)
        finding = compare_modules(expected, given, self.scene, subject, by=self._matching(name))
        if finding is None or finding.worst is None or type(given) is not Tagged:
            return finding
        if self._unchanged(name, given):
            return finding.called(Diagnosis.STATE_NOT_CHANGED, say("state_not_changed", module=subject.full))
        return finding

    def _unchanged(self, name: str, given: Tagged) -> bool:
        """Whether the module still has the parameters that it was handed in, or loaded, with."""
        loaded = next((step.from_ for step in self.spec.program() if step.load == name), None)
        start = self.scene.inputs.get(loaded if loaded is not None else name)
        state = start.fields.get("state") if type(start) is Tagged else start
        if not isinstance(state, dict):
            return False
        before = sorted(_bytes_of(list(state.values())))
        return bool(before) and before == sorted(_bytes_of([member.value for member in members(given, "parameters")]))

    def _matching(self, name: str) -> str:
        """How parameters of this module were loaded, so how they are matched."""
        return next((step.by for step in self.spec.program() if step.load == name and step.by is not None), "name")


def _bytes_of(values: list[Value]) -> list[bytes]:
    found = [as_numbers(value) for value in values]
    return [numbers.values.tobytes() for numbers in found if numbers is not None]


def _is_whole(factor: float) -> bool:
    return abs(factor - round(factor)) <= 1e-4 * factor
