"""What the comparator found wrong, in a form that can be ranked, reworded and reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from grader.judge.messages import Said
from grader.vocab import Diagnosis

UNSPECIFIC = frozenset({Diagnosis.WRONG_VALUE, Diagnosis.WRONG_GRADIENT, Diagnosis.WRONG_STATE, Diagnosis.PROPERTY})

# A hint for the wider word is also right for the narrower one.
WIDER: dict[Diagnosis, Diagnosis] = {
    Diagnosis.MEAN_FOR_SUM: Diagnosis.CONSTANT_FACTOR,
    Diagnosis.SUM_FOR_MEAN: Diagnosis.CONSTANT_FACTOR,
    Diagnosis.BIASED_VARIANCE: Diagnosis.CONSTANT_FACTOR,
    Diagnosis.ACCUMULATED_GRADIENT: Diagnosis.CONSTANT_FACTOR,
    Diagnosis.SIGN: Diagnosis.CONSTANT_FACTOR,
    Diagnosis.TRANSPOSED: Diagnosis.PERMUTED,
    Diagnosis.SWAPPED: Diagnosis.PERMUTED,
    Diagnosis.WRONG_TRACE_LENGTH: Diagnosis.WRONG_LENGTH,
    Diagnosis.BROADCAST: Diagnosis.WRONG_SHAPE,
}


@dataclass(frozen=True, slots=True)
class Worst:
    """The entry that is furthest off; for public cases only."""

    where: str
    index: tuple[int, ...]
    expected: str
    given: str
    abs_error: float | None
    rel_error: float | None

    def as_dict(self) -> dict[str, Any]:
        """As the report holds it."""
        return {
            "where": self.where,
            "index": list(self.index),
            "expected": self.expected,
            "given": self.given,
            "abs_error": self.abs_error,
            "rel_error": self.rel_error,
        }


@dataclass(frozen=True, slots=True)
class Factor:
    """The answer is `value` times the expected one.

    `sizes` are lengths among the inputs, with their names; `plainly` is what to say should it be a coincidence.
    """

    value: float
    sizes: dict[int, str]
    subject: str
    plainly: Said


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with an answer. `said` holds the sentence for public and the one for hidden cases."""

    diagnosis: Diagnosis
    said: Said
    worst: Worst | None = None
    note: str | None = None
    factor: Factor | None = None
    curve: dict[str, list[float]] | None = None
    error_grid: dict[str, Any] | None = None

    @property
    def specific(self) -> bool:
        """False when all that is known is that the numbers differ."""
        return self.diagnosis not in UNSPECIFIC

    def called(self, diagnosis: Diagnosis, said: Said) -> Finding:
        """The same evidence read another way."""
        return replace(self, diagnosis=diagnosis, said=said)


def most_telling(findings: list[Finding]) -> Finding:
    """The finding that a student should read first: the first specific one, else the first."""
    return next((finding for finding in findings if finding.specific), findings[0])
