"""Short ways to write wire values as a student's process sends them."""

from __future__ import annotations

from typing import Any

import torch

from grader.harness.convert import to_wire
from grader.judge.compare import compare
from grader.judge.findings import Finding
from grader.judge.messages import Subject
from grader.judge.scene import Scene
from grader.spec.model import Grade
from grader.vocab import Diagnosis
from grader.wire import Value

RESULT = Subject("the result")


def wire(value: Any) -> Value:
    """A live value as the harness describes it."""
    return to_wire(value)


def tensor(values: Any, dtype: torch.dtype = torch.float32) -> Value:
    """A tensor of these numbers."""
    return to_wire(torch.tensor(values, dtype=dtype))


def scene(grade: dict[str, Any] | None = None, **inputs: Any) -> Scene:
    """A case with these rules and inputs."""
    return Scene(Grade(**(grade or {})), inputs={name: to_wire(value) for name, value in inputs.items()})


def finding(expected: Any, given: Any, grade: dict[str, Any] | None = None, **inputs: Any) -> Finding | None:
    """What is wrong with a given live value, where another is expected."""
    return compare(to_wire(expected), to_wire(given), scene(grade, **inputs), RESULT)


def diagnosis(expected: Any, given: Any, grade: dict[str, Any] | None = None, **inputs: Any) -> Diagnosis | None:
    """The diagnosis alone; None where the answer is right."""
    found = finding(expected, given, grade, **inputs)
    return found.diagnosis if found is not None else None
