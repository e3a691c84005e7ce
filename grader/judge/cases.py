"""Makes the inputs of a case: seeds, the question's makers, and what of it the submission is sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import torch

from grader.errors import AuthorFault
from grader.harness.describe import describe_inputs
from grader.judge.author_code import AuthorFile
from grader.judge.observations import Observation, observations_of
from grader.spec.model import Case, Grade, QuestionSpec
from grader.spec.question import CASES_FILE
from grader.vocab import Visibility
from grader.wire import Value

CUDA = "cuda"


@dataclass(frozen=True)
class MadeCase:
    """A case with its inputs: as the maker gave them, and as they are sent."""

    case: Case
    grade: Grade
    seed: int
    args: dict[str, Any]
    inputs: dict[str, Any]
    sent: dict[str, Value]
    observations: tuple[Observation, ...]
    call: dict[str, Value]  # the call for the child, but for its id


class CaseMaker:
    """Makes the cases of one question on one device."""

    def __init__(self, spec: QuestionSpec, makers: AuthorFile, device: str) -> None:
        self._spec = spec
        self._makers = makers
        self._device = device
        self._grades = {case.name: spec.grade_of(case) for case in spec.cases}
        self._observations = {case.name: observations_of(spec, case) for case in spec.cases}

    def seed_of(self, case: Case, run_seed: int) -> int:
        """The seed of a case: its own if it is public, else one that nobody knows before the run."""
        if case.visibility is Visibility.PUBLIC:
            return case.seed if case.seed is not None else 0
        return derived_seed("inputs", run_seed, case.name)

    def make(self, case: Case, seed: int, overrides: dict[str, Any] | None = None) -> MadeCase:
        """The case with the inputs of this seed. `overrides` replace args. Raises AuthorFault."""
        args = self._converted({**case.args, **(overrides or {})})
        inputs = self._makers.call(case.make, torch.Generator().manual_seed(seed), **args)
        if not isinstance(inputs, dict) or not all(isinstance(name, str) for name in inputs):
            raise AuthorFault("a maker returns a dict from names to inputs", where=CASES_FILE, key=case.make)
        return self.with_inputs(case, seed, args, inputs)

    def with_inputs(self, case: Case, seed: int, args: dict[str, Any], inputs: dict[str, Any]) -> MadeCase:
        """The case with these inputs. Only those that the steps and observations name are sent."""
        grade = self._grades[case.name]
        needed = [*self._spec.inputs, *([grade.weights] if grade.weights is not None else [])]
        for name in needed:
            if name not in inputs:
                raise AuthorFault(f"the maker returns no `{name}`", where=CASES_FILE, key=case.make)
        sent = describe_inputs({name: inputs[name] for name in dict.fromkeys(needed)})
        observations = self._observations[case.name]
        call: dict[str, Value] = {
            "op": "call",
            # Not the inputs' seed: who knows that, and the makers, knows the inputs of other calls.
            "seed": derived_seed("call", seed, case.name),
            "inputs": sent,
            "steps": [self._step(step.message(), args) for step in self._spec.program_of(grade)],
            "observe": [observation.entry for observation in observations],
        }
        return MadeCase(case, grade, seed, args, inputs, sent, observations, call)

    def _step(self, message: dict[str, Value], args: dict[str, Any]) -> dict[str, Value]:
        """A dtype may be named after an arg of the case."""
        if "to" not in message:
            return message
        dtype = message["dtype"]
        return {**message, "dtype": dtype_name(args.get(str(dtype), dtype))}

    def _converted(self, args: dict[str, Any]) -> dict[str, Any]:
        return {name: self._argument(name, value) for name, value in args.items()}

    def _argument(self, name: str, value: Any) -> Any:
        if name == "dtype" or name.endswith("_dtype"):
            dtype = getattr(torch, str(value), None)
            if not isinstance(dtype, torch.dtype):
                raise AuthorFault(f"torch has no dtype called {value!r}", where="question.toml", key=name)
            return dtype
        if name == "device" or name.endswith("_device"):
            wanted = str(value)
            return torch.device(self._device if wanted.startswith(CUDA) else wanted)
        return value


def derived_seed(purpose: str, seed: int, name: str) -> int:
    """A seed of 62 bits that tells nothing about the one it comes from."""
    digest = hashlib.sha256(f"{purpose}\0{seed}\0{name}".encode()).digest()
    return int.from_bytes(digest[:8], "little") >> 2


def dtype_name(dtype: object) -> str:
    """The name of a dtype without torch's prefix."""
    return str(dtype).removeprefix("torch.")
