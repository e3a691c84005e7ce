"""Compares an expected value with a given one, whatever they are made of; style alone never makes an answer wrong."""

from __future__ import annotations

import itertools

from grader.judge import traces
from grader.judge.entries import compare_numbers
from grader.judge.findings import Finding, most_telling
from grader.judge.messages import Subject, cut, say
from grader.judge.scene import Scene
from grader.judge.states import compare_modules
from grader.judge.tensors import ARRAY_KINDS, Numbers, array_of, as_numbers, bit_equal
from grader.vocab import Diagnosis
from grader.wire import Array, Tagged, Value

MOST_SWAPPED = 4
MOST_FINDINGS = 8  # of the parts of one value: explaining takes time, and one is shown


def compare(expected: Value, given: Value, scene: Scene, subject: Subject, *, values: bool = True) -> Finding | None:
    """None when `given` is right; else the most telling thing that is wrong with it.

    Which containers and dtypes count as equal is in `scene.grade`. With `values` False only the structure is compared:
    types, keys, lengths and shapes, but of lists of plain numbers and of vectors not the length, and that numbers are
    neither complex nor nan where the reference's are not.
    """
    if bit_equal(expected, given) or (expected is None and not values):
        return None
    if given is None and expected is not None:
        return Finding(Diagnosis.NONE_RETURNED, say("none", subject=subject))
    if type(given) is Tagged and given.kind == "unsupported":
        return _unsupported(expected, given, subject)
    if type(expected) in (list, tuple):
        return _sequence(list(expected), given, scene, subject, values)  # type: ignore[arg-type]
    if type(expected) is dict:
        return _mapping(expected, given, scene, subject, values)
    numbers = as_numbers(expected)
    if numbers is not None:
        return _numbers(expected, numbers, given, scene, subject, values)
    if type(expected) is Tagged and expected.kind == "module_seen":
        return compare_modules(expected, given, scene, subject, values=values)
    if type(given) is not type(expected) or (
        type(expected) is Tagged and type(given) is Tagged and expected.kind != given.kind
    ):
        if type(expected) is Tagged and expected.kind == "meta_tensor" and type(given) is Tagged:
            return _not_meta(given, subject)
        return _wrong_type(expected, given, subject)
    if type(expected) is Tagged and expected.kind == "meta_tensor":
        return _meta(expected, given, subject, values)  # type: ignore[arg-type]
    if not values or given == expected:
        return None
    parts = {"expected": value_text(expected), "given": value_text(given)}
    return Finding(Diagnosis.WRONG_VALUE, say("other_value", subject=subject, **parts), note=f"{subject.full}: {parts}")


def type_name(value: Value) -> str:
    """The type of a value for people: "a tensor", "a list", "None"."""
    if value is None:
        return "None"
    if type(value) is Tagged:
        if value.kind == "tensor":
            array = array_of(value)
            return "a 0-dimensional tensor" if array is not None and array.shape == () else "a tensor"
        if value.kind == "unsupported":
            return f"`{cut(str(value.fields.get('type')), 80)}`"
        return _TAGGED_NAMES.get(value.kind, "something else")
    return _NAMES.get(type(value), "something else")


_NAMES: dict[type, str] = {
    bool: "True or False",
    int: "an int",
    float: "a float",
    complex: "a complex number",
    str: "a string",
    bytes: "bytes",
    list: "a list",
    tuple: "a tuple",
    dict: "a dict",
    Array: "an array",
}
_TAGGED_NAMES = {
    "meta_tensor": "a tensor on the meta device",
    "ndarray": "a NumPy array",
    "numpy_scalar": "a NumPy number",
    "module_seen": "a torch.nn.Module",
    "dtype": "a torch.dtype",
    "device": "a torch.device",
    "detached": "a result without a graph",
}


def value_text(value: Value) -> str:
    """A value that is no tensor, for people; bounded."""
    if type(value) is Tagged:
        return cut(str(value.fields.get("name", type_name(value))), 80)
    if isinstance(value, str | bytes):
        return cut(repr(value[:200]), 120)
    return (
        cut(repr(value), 120) if value is None or isinstance(value, bool | int | float | complex) else type_name(value)
    )


def _wrong_type(expected: Value, given: Value, subject: Subject) -> Finding:
    said = say("type", subject=subject, expected=type_name(expected), given=type_name(given))
    return Finding(Diagnosis.WRONG_TYPE, said)


def _unsupported(expected: Value, given: Tagged, subject: Subject) -> Finding:
    why = given.fields.get("why")
    said = say(
        "unsupported",
        subject=subject,
        given=type_name(given),
        why=f" ({cut(str(why), 120)})" if why else "",
        expected=type_name(expected),
    )
    return Finding(Diagnosis.WRONG_TYPE, said)


def _container(value: Value) -> str:
    """What `container = "exact"` tells apart; lists and tuples are one."""
    if type(value) is Tagged:
        return "number" if value.kind == "numpy_scalar" else value.kind
    return "sequence" if type(value) in (list, tuple) else "number"


def _numbers(
    expected: Value, numbers: Numbers, given: Value, scene: Scene, subject: Subject, values: bool
) -> Finding | None:
    if scene.grade.container == "exact" and _container(expected) != _container(given):
        return _wrong_type(expected, given, subject)
    got = as_numbers(given)
    if got is None:
        return _wrong_type(expected, given, subject)
    wrong = wrong_scalar(given, got, numbers, scene, subject)
    return wrong or compare_numbers(numbers, got, scene, subject, values=values)


def wrong_scalar(given: Value, got: Numbers, expected: Numbers, scene: Scene, subject: Subject) -> Finding | None:
    """What `scalar = "tensor"` and `scalar = "number"` insist on."""
    if expected.shape != () or got.shape != ():
        return None
    if scene.grade.scalar == "tensor" and got.container != "tensor":
        return Finding(Diagnosis.WRONG_TYPE, say("tensor_wanted", subject=subject, given=type_name(given)))
    if scene.grade.scalar == "number" and got.container != "number":
        return Finding(Diagnosis.WRONG_TYPE, say("number_wanted", subject=subject, given=type_name(given)))
    return None


def _sequence(expected: list[Value], given: Value, scene: Scene, subject: Subject, values: bool) -> Finding | None:
    numbers = as_numbers(expected)
    if type(given) is Tagged and given.kind in ARRAY_KINDS:
        got = as_numbers(given)
        if numbers is None or got is None or scene.grade.container == "exact":
            return _wrong_type(expected, given, subject)
        if len(numbers.shape) == len(got.shape) == 1:
            return traces.compare_traces(numbers, got, scene, subject, values=values)
        return compare_numbers(numbers, got, scene, subject, values=values)
    if type(given) not in (list, tuple):
        return _wrong_type(expected, given, subject)
    items = list(given)  # type: ignore[arg-type]
    if numbers is not None and len(numbers.shape) == 1:
        got = as_numbers(items)
        if got is not None and len(got.shape) == 1 and scene.grade.scalar == "any":
            return traces.compare_traces(numbers, got, scene, subject, values=values)
        if values and scene.grade.scalar == "any" and len(expected) != len(items):
            return traces.wrong_length(numbers, len(items), None, scene, subject)
    if len(items) != len(expected):
        if numbers is not None and len(numbers.shape) == 1:
            if not values:
                return _all_like(expected, items, scene, subject)
            return traces.wrong_length(numbers, len(items), as_numbers(items), scene, subject)
        said = say("length", subject=subject, expected=len(expected), given=len(items))
        return Finding(Diagnosis.WRONG_LENGTH, said)
    return _parts(expected, items, scene, subject, values)


def _all_like(expected: list[Value], given: list[Value], scene: Scene, subject: Subject) -> Finding | None:
    """Of a list of numbers whose length a check decides about: each must be one."""
    wanted = expected[0] if expected else 0.0
    findings = (compare(wanted, got, scene, subject.part(index), values=False) for index, got in enumerate(given))
    return next((finding for finding in findings if finding is not None), None)


def _parts(expected: list[Value], given: list[Value], scene: Scene, subject: Subject, values: bool) -> Finding | None:
    findings: list[Finding] = []
    for index, (wanted, got) in enumerate(zip(expected, given, strict=True)):
        finding = compare(wanted, got, scene, subject.part(index), values=values)
        if finding is not None:
            findings.append(finding)
            if finding.diagnosis is Diagnosis.NONE_RETURNED or not values:
                return finding
            if len(findings) >= MOST_FINDINGS:
                break
    if not findings:
        return None
    return (
        _swapped(expected, given, scene, subject)
        or traces.accumulated(expected, given, scene, subject, findings[0])
        or most_telling(findings)
    )


def _swapped(expected: list[Value], given: list[Value], scene: Scene, subject: Subject) -> Finding | None:
    """The right parts in another order. Tried for few parts only, as orders are many."""
    if not 2 <= len(expected) <= MOST_SWAPPED:
        return None
    places = range(len(expected))
    fits = {
        (wanted, got): compare(expected[wanted], given[got], scene, subject.part(wanted)) is None
        for wanted in places
        for got in places
    }
    for order in itertools.permutations(range(len(given))):
        if all(fits[place] for place in enumerate(order)):
            text = ", ".join(f"part {wanted} stands at {got}" for wanted, got in enumerate(order) if wanted != got)
            return Finding(Diagnosis.SWAPPED, say("swapped", subject=subject, order=text))
    return None


def _mapping(
    expected: dict[object, Value], given: Value, scene: Scene, subject: Subject, values: bool
) -> Finding | None:
    if type(given) is not dict:
        return _wrong_type(expected, given, subject)
    for key in expected:
        if key not in given:
            return Finding(Diagnosis.MISSING_KEY, say("key_missing", subject=subject, key=cut(repr(key), 60)))
    for key in given:
        if key not in expected:
            return Finding(Diagnosis.MISSING_KEY, say("key_extra", subject=subject, key=cut(repr(key), 60)))
    found: list[Finding] = []
    for key, value in expected.items():
        finding = compare(value, given[key], scene, subject.part(key), values=values)
        if finding is not None:
            found.append(finding)
            if len(found) >= MOST_FINDINGS:
                break
    return most_telling(found) if found else None


def _not_meta(given: Tagged, subject: Subject) -> Finding:
    if given.kind != "tensor":
        return Finding(Diagnosis.WRONG_TYPE, say("type", subject=subject, expected="a tensor", given=type_name(given)))
    device = cut(str(given.fields.get("device")), 20)
    return Finding(Diagnosis.WRONG_DEVICE, say("device", subject=subject, expected="meta", given=device))


def _meta(expected: Tagged, given: Tagged, subject: Subject, values: bool) -> Finding | None:
    wanted, got = expected.fields, given.fields
    if wanted.get("shape") != got.get("shape"):
        shapes = {"expected": cut(str(wanted.get("shape")), 60), "given": cut(str(got.get("shape")), 60)}
        return Finding(Diagnosis.WRONG_SHAPE, say("shape", subject=subject, **shapes))
    if values and wanted.get("dtype") != got.get("dtype"):
        dtypes = {"expected": value_text(wanted.get("dtype")), "given": value_text(got.get("dtype"))}
        return Finding(Diagnosis.WRONG_DTYPE, say("dtype", subject=subject, **dtypes))
    return None
