"""Compares gradients: of the result with respect to inputs, or to the parameters of a module."""

from __future__ import annotations

import numpy as np

from grader.errors import AuthorFault
from grader.judge.entries import compare_numbers
from grader.judge.findings import Finding, most_telling
from grader.judge.messages import Subject, cut, say
from grader.judge.scene import Scene
from grader.judge.tensors import as_numbers, bit_equal
from grader.vocab import Diagnosis
from grader.wire import Tagged, Value

_PLAIN = frozenset({Diagnosis.WRONG_VALUE, Diagnosis.PERMUTED, Diagnosis.CONSTANT_OFFSET})


def compare_gradients(
    expected: Value, given: Value, scene: Scene, *, module: str | None = None, by: str = "name"
) -> Finding | None:
    """None when all gradients are right. No gradient at all is as good as one of zeros.

    `by` is "name" or, where a submission names its parameters as it likes, "order" or "shape".
    """
    if not isinstance(expected, dict):
        raise AuthorFault("a gradient is asked for, but the result of the reference has no graph", key="gradients")
    if type(given) is Tagged and given.kind == "detached":
        if given.fields.get("type") == "NoneType":
            return Finding(Diagnosis.NONE_RETURNED, say("none", subject=Subject("the result")))
        names = "the parameters" if module is not None else ", ".join(f"`{name}`" for name in expected)
        return Finding(Diagnosis.DETACHED, say("detached", subject=Subject("the result"), inputs=names))
    if not isinstance(given, dict):
        said = say("type", subject=Subject("the gradient"), expected="a tensor", given="something else")
        return Finding(Diagnosis.WRONG_GRADIENT, said)
    findings: list[Finding] = []
    for name, wanted, found, got in _pairs(expected, given, by):
        place = f"{module}.{name}" if module is not None else name
        finding = (
            _compare_one(wanted, got, scene, place)
            if found
            else Finding(
                Diagnosis.NOT_REGISTERED,
                say("not_registered", module=f"`{module or 'the input'}`", parameter=cut(name, 60), has=""),
            )
        )
        if finding is not None:
            findings.append(finding)
    return most_telling(findings) if findings else None


def _pairs(expected: dict[str, Value], given: dict[str, Value], by: str) -> list[tuple[str, Value, bool, Value]]:
    """(name, expected, whether there is a partner, given) of each expected gradient."""
    if by == "name" or len(expected) != len(given):
        return [(name, value, name in given, given.get(name)) for name, value in expected.items()]
    if by == "order":
        return [(name, value, True, got) for (name, value), got in zip(expected.items(), given.values(), strict=True)]
    left = list(given.values())
    pairs: list[tuple[str, Value, bool, Value]] = []
    for name, value in expected.items():
        at = next((i for i, other in enumerate(left) if _shape(other) == _shape(value)), 0)
        pairs.append((name, value, True, left.pop(at)))
    return pairs


def _shape(value: Value) -> tuple[int, ...] | None:
    numbers = as_numbers(value)
    return numbers.shape if numbers is not None else None


def _compare_one(expected: Value, given: Value, scene: Scene, name: str) -> Finding | None:
    if bit_equal(expected, given):
        return None
    wanted, got = as_numbers(expected), as_numbers(given)
    if wanted is None:
        return None if got is None or not got.values.any() else _unwanted(name)
    if got is None:
        if not np.asarray(wanted.values).any():
            return None
        return Finding(Diagnosis.MISSING_GRADIENT, say("missing_gradient", input=cut(name, 60)))
    finding = compare_numbers(wanted, got, scene, Subject(f"the gradient with respect to `{cut(name, 60)}`"))
    if finding is not None and finding.diagnosis in _PLAIN:
        return finding.called(Diagnosis.WRONG_GRADIENT, finding.said)
    return finding


def _unwanted(name: str) -> Finding:
    subject = Subject(f"the gradient with respect to `{cut(name, 60)}`")
    said = say("other_value", subject=subject, expected="zero", given="something else")
    return Finding(Diagnosis.WRONG_GRADIENT, said)
