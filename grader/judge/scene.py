"""What the comparator knows of a case besides the two answers; it explains with it, and never decides by it alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from grader.judge.closeness import Margin, margin_for
from grader.judge.tensors import Numbers, as_numbers, lowest_precision
from grader.spec.model import Grade, Tolerance
from grader.wire import Tagged, Value

_AXIS_WORDS = ("the number of rows of", "the number of columns of")


@dataclass(frozen=True)
class Scene:
    """The rules of a case and its inputs as they were sent."""

    grade: Grade = field(default_factory=Grade)
    tolerance: Tolerance = field(default_factory=Tolerance)
    inputs: dict[str, Value] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> dict[str, Numbers]:
        """The inputs that are numbers."""
        found = {name: as_numbers(value) for name, value in self.inputs.items()}
        return {name: numbers for name, numbers in found.items() if numbers is not None}

    @cached_property
    def precision(self) -> str:
        """The least precise floating dtype among the inputs, modules and containers included; float64 without any."""
        found: list[str | None] = []
        for value in self.inputs.values():
            _collect_precisions(value, found)
        return lowest_precision(found) or "float64"

    @cached_property
    def sizes(self) -> dict[int, str]:
        """Lengths and counts among the inputs that a formula may divide by, each with the name to tell."""
        counts = {
            int(numbers.values): f"`{name}`"
            for name, numbers in reversed(self.numbers.items())
            if numbers.values.ndim == 0 and numbers.kind == "int" and numbers.values > 1
        }
        return {**counts, **{size: name for size, name in self.lengths.items() if size not in counts}}

    @cached_property
    def lengths(self) -> dict[int, str]:
        """Of tensors and lists among the inputs: how many there are of something, each with the name to tell."""
        lengths: dict[int, str] = {}
        for name, numbers in self.numbers.items():
            if numbers.values.ndim == 1:
                lengths.setdefault(numbers.values.size, f"the length of `{name}`")
                continue
            for axis, length in enumerate(numbers.shape):
                words = _AXIS_WORDS[axis] if numbers.values.ndim == 2 else f"the length of axis {axis} of"
                lengths.setdefault(length, f"{words} `{name}`")
        for name, numbers in self.numbers.items():
            lengths.setdefault(numbers.values.size, f"the number of entries of `{name}`")
        for name, value in self.inputs.items():
            if name not in self.numbers and isinstance(value, list | tuple):
                lengths.setdefault(len(value), f"the length of `{name}`")
        return {size: name for size, name in lengths.items() if size > 1}

    def margin(self, expected: Numbers) -> Margin:
        """How close an answer must be: by the expected dtype; where others may come, by the least precise input too.

        The answer has no say in it: who answers in bfloat16 would choose the tolerance of bfloat16.
        """
        if expected.precision is not None and expected.dtype is not None and self.grade.dtype == "exact":
            return margin_for(expected.precision, self.tolerance)
        return margin_for(lowest_precision([self.precision, expected.precision]) or "float64", self.tolerance)


def _collect_precisions(value: Value, found: list[str | None]) -> None:
    if isinstance(value, Tagged):
        if value.kind == "dtype":
            found.append(str(value.fields.get("name")))
        for part in value.fields.values():
            _collect_precisions(part, found)
    elif isinstance(value, list | tuple):
        for part in value:
            _collect_precisions(part, found)
    elif isinstance(value, dict):
        for part in value.values():
            _collect_precisions(part, found)
    else:
        found.append(getattr(value, "dtype", None))


def spread(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bool:
    """Whether there are at least two different numbers, so that a pattern in them is no coincidence."""
    return values.size > 1 and bool((values != values.flat[0]).any())
