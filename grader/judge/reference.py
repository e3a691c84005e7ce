"""Runs the reference on the inputs of a case, through the very code that runs submissions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from grader.errors import AuthorFault
from grader.harness.load_submission import load_probe, load_submission
from grader.harness.program import run_call
from grader.harness.tracebacks import Raised
from grader.judge.cases import MadeCase
from grader.judge.effects import identical
from grader.judge.tensors import array_of
from grader.spec.model import QuestionSpec
from grader.spec.question import PROBE_FILE, SOLUTION_FILE
from grader.wire import Value

MOST_REMEMBERED = 128


@dataclass(frozen=True, slots=True)
class Expected:
    """What the reference gives: one value for each observation, or the type of the exception that it raises."""

    observed: list[Value]
    raises: str | None = None


class Reference:
    """The reference solution of one question, with a memory of what it gave last."""

    def __init__(self, spec: QuestionSpec, files: Mapping[str, bytes]) -> None:
        probe = files.get(PROBE_FILE)
        self._probe: ModuleType | None = load_probe(probe.decode("utf-8-sig")) if probe is not None else None
        entry = spec.entry_point
        try:
            # A name of its own: nothing of `submission` may be mistaken for it in tracebacks.
            self._entry = load_submission(
                files[SOLUTION_FILE], entry.name, entry.kind, len(entry.parameters), filename="solution.py"
            )
        except Raised as raised:
            raise _fault(raised.error) from raised
        self._remembered: OrderedDict[tuple[str, int], Expected] = OrderedDict()

    def expected(self, made: MadeCase) -> Expected:
        """The expected observations of a case as the spec has it; remembered by name and seed."""
        key = (made.case.name, made.seed)
        found = self._remembered.get(key)
        if found is None:
            found = self._remembered[key] = self.run(made)
            if len(self._remembered) > MOST_REMEMBERED:
                self._remembered.popitem(last=False)
        else:
            self._remembered.move_to_end(key)
        return found

    def run(self, made: MadeCase) -> Expected:
        """The expected observations of any inputs. Raises AuthorFault, also where the reference changes pure inputs."""
        try:
            observed = run_call(self._entry, self._probe, made.call)
        except Raised as raised:
            if is_deliberate(raised.error):
                return Expected([], raises=str(raised.error["type"]))
            raise _fault(raised.error) from raised
        for observation, value in zip(made.observations, observed, strict=True):
            if observation.what == "input" and not _kept(made.sent.get(observation.of), value):
                message = f"the reference changes `{observation.of}`, which is declared pure"
                raise AuthorFault(message, where=SOLUTION_FILE, key="pure")
        return Expected(observed)


def is_deliberate(error: Mapping[str, Any]) -> bool:
    """Whether the reference raised with a `raise` of its own; any other exception is a mistake of the author's."""
    frames = error.get("frames")
    if error.get("stage") != "step" or not isinstance(frames, list) or not frames:
        return False
    return str(frames[-1].get("source", "")).startswith("raise ")


def _kept(sent: Value, seen: Value) -> bool:
    """Whether a tensor is as it was sent; other inputs are compared with a submission's only."""
    if array_of(sent) is None or not isinstance(seen, dict):
        return True
    return identical(sent, seen.get("value")) and seen.get("grad") is None


def _fault(error: Mapping[str, Any]) -> AuthorFault:
    line = error.get("line")
    message = f"the reference raises {error.get('type')}: {error.get('message')}"
    return AuthorFault(message, where=SOLUTION_FILE, line=line if isinstance(line, int) else None)
