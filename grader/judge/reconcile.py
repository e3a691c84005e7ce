"""Looks at the findings of all cases together: one case may be read in two ways, several often in one only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from grader.judge.findings import Factor, Finding
from grader.judge.messages import Subject, say
from grader.judge.patterns import factor_text, size_reading
from grader.judge.tensors import as_numbers
from grader.vocab import Diagnosis
from grader.wire import Value, WireError, encode

_FACTORS = frozenset({Diagnosis.CONSTANT_FACTOR, Diagnosis.SUM_FOR_MEAN, Diagnosis.MEAN_FOR_SUM})
_OVERRULED_BY_CONSTANT = frozenset({Diagnosis.WRONG_VALUE, Diagnosis.CONSTANT_FACTOR, Diagnosis.CONSTANT_OFFSET})
_CLOSE = 1e-4


@dataclass(slots=True)
class Evidence:
    """One answered case: its result, what was expected, and what was found wrong (None: nothing)."""

    name: str
    expected: Value
    given: Value
    finding: Finding | None


def reconcile(evidence: list[Evidence]) -> dict[str, Finding]:
    """New readings by the name of the case, for those that the other cases tell better."""
    changed: dict[str, Finding] = {}
    by_subject: dict[str, list[Evidence]] = defaultdict(list)
    for item in evidence:
        if item.finding is not None and item.finding.factor is not None and item.finding.diagnosis in _FACTORS:
            by_subject[item.finding.factor.subject].append(item)
    for items in by_subject.values():
        changed.update(_one_factor(items))
    changed.update(_constant(evidence))
    return changed


def _one_factor(items: list[Evidence]) -> dict[str, Finding]:
    found = [(item, item.finding, item.finding.factor) for item in items if item.finding and item.finding.factor]
    factors = [factor.value for _, _, factor in found]
    if len(found) < 2:
        return {}
    if all(abs(value - factors[0]) <= _CLOSE * abs(factors[0]) for value in factors):
        if len({frozenset(factor.sizes) for _, _, factor in found}) < 2:
            return {}
        return {
            item.name: finding.called(
                Diagnosis.CONSTANT_FACTOR,
                say("factor", subject=Subject(factor.subject), factor=factor_text(factor.value)),
            )
            for item, finding, factor in found
        }
    readings = [size_reading(factor.value, factor.sizes, _CLOSE, Subject(factor.subject)) for _, _, factor in found]
    if len({reading[0] if reading is not None else None for reading in readings}) != 1:
        return {}
    # A factor that is another one in each case, and none of the sizes, is a coincidence of few numbers.
    return {
        item.name: finding.called(*(reading or (_plain_word(factor), factor.plainly)))
        for (item, finding, factor), reading in zip(found, readings, strict=True)
    }


def _plain_word(factor: Factor) -> Diagnosis:
    return Diagnosis.WRONG_GRADIENT if "gradient" in factor.subject else Diagnosis.WRONG_VALUE


def _constant(evidence: list[Evidence]) -> dict[str, Finding]:
    """The same result in every case, though others were expected."""
    wrong = [item for item in evidence if item.finding is not None]
    if len(wrong) < 2 or len({_fingerprint(item.given) for item in evidence}) != 1:
        return {}
    if len({_fingerprint(item.expected) for item in evidence}) < 2:
        return {}
    said = say("constant_answer", subject=Subject("the result"))
    return {
        item.name: item.finding.called(Diagnosis.CONSTANT_ANSWER, said)
        for item in wrong
        if item.finding is not None and item.finding.diagnosis in _OVERRULED_BY_CONSTANT
    }


def _fingerprint(value: Value) -> object:
    """Equal for equal values; numbers that are all the same count as that one number, whatever their shape."""
    numbers = as_numbers(value)
    if numbers is not None and numbers.values.size and np.all(numbers.values == numbers.values.flat[0]):
        return complex(numbers.values.flat[0])
    try:
        return encode(value)
    except WireError:
        return None
