"""What the files of a question (`cases.py`, `check.py`) import. Imports no torch itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grader.vocab import Diagnosis

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class Described:
    """A callable that the harness builds by calling `name(**params)` of the question's `probe.py`."""

    name: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Noncontiguous:
    """A tensor that reaches the submission with the same values but laid out with gaps."""

    tensor: Tensor


def described(name: str, /, **params: Any) -> Described:
    """A callable argument; its calls are logged under the name of the input."""
    return Described(name, params)


def noncontiguous(tensor: Tensor) -> Noncontiguous:
    """A tensor argument that is not contiguous in memory."""
    return Noncontiguous(tensor)


class Fail:
    """What a check returns when the answer is wrong.

    `message` is for the student (hidden cases show only the diagnosis), `staff_note` for staff alone.
    """

    __slots__ = ("diagnosis", "message", "staff_note")

    def __init__(self, diagnosis: Diagnosis | str, message: str, staff_note: str | None = None) -> None:
        self.diagnosis = Diagnosis(diagnosis)  # a word that does not exist is the author's fault: ValueError
        self.message = message
        self.staff_note = staff_note

    def __repr__(self) -> str:
        return f"Fail({self.diagnosis.value!r}, {self.message!r})"


@dataclass(frozen=True, slots=True)
class CaseView:
    """What a check sees of one case; the values are torch's.

    `inputs` as the maker gave them, `args` of the case, `expected` and `got` by what was observed (`value`, …).
    """

    name: str
    inputs: dict[str, Any]
    args: dict[str, Any]
    expected: dict[str, Any]
    got: dict[str, Any]
    rtol: dict[str, float] = field(default_factory=dict)  # by dtype name
    atol: dict[str, float] = field(default_factory=dict)
