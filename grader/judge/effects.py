"""Compares effects: inputs left alone, random generators, calls received, flags, identities, operators executed."""

from __future__ import annotations

from grader.judge.compare import compare, type_name
from grader.judge.findings import Finding
from grader.judge.messages import Subject, cut, say
from grader.judge.scene import Scene
from grader.judge.tensors import array_of
from grader.spec.model import Operators
from grader.vocab import Diagnosis
from grader.wire import Tagged, Value, encode

MOST_CALLS_REORDERED = 64


def compare_input(expected: Value, given: Value, name: str) -> Finding | None:
    """None when the input is as the reference left it: to the last bit, with its `.grad` and `requires_grad`."""
    if not isinstance(expected, dict) or not isinstance(given, dict):
        return None if expected == given else _changed("input_changed", name)
    if not identical(expected.get("value"), given.get("value")):
        return _changed("input_changed", name)
    if not identical(expected.get("grad"), given.get("grad")):
        return _changed("input_grad", name)
    if expected.get("requires_grad") != given.get("requires_grad"):
        return _changed("input_requires_grad", name)
    return None


def identical(first: Value, second: Value) -> bool:
    """The same to the last bit; of tensors only the numbers count."""
    wanted, got = array_of(first), array_of(second)
    if wanted is not None or got is not None:
        return wanted == got and type_name(first) == type_name(second)
    if type(first) is Tagged and first.kind == "module_seen" and type(second) is Tagged:
        return _module_numbers(first) == _module_numbers(second)
    return encode(first) == encode(second)


def _module_numbers(module: Tagged) -> list[object]:
    found: list[object] = []
    for group in ("parameters", "buffers"):
        listed = module.fields.get(group)
        found += [
            (entry.get("name"), array_of(entry.get("value"))) if isinstance(entry, dict) else None
            for entry in (listed if isinstance(listed, list) else [])
        ]
    return found


def _changed(message_id: str, name: str) -> Finding:
    return Finding(Diagnosis.INPUT_CHANGED, say(message_id, input=cut(name, 60)))


def compare_random_state(expected: Value, given: Value) -> Finding | None:
    """None when every global generator that the reference left alone was left alone."""
    if not isinstance(expected, dict):
        return None
    seen = given if isinstance(given, dict) else {}
    disturbed = [name for name, kept in expected.items() if kept is True and seen.get(name) is not True]
    if not disturbed:
        return None
    return Finding(Diagnosis.RANDOM_STATE_CHANGED, say("random_state", generators=", ".join(disturbed)))


def compare_training(expected: Value, given: Value, name: str) -> Finding | None:
    """None when the module's training flag is what it is after the reference."""
    if expected is given:
        return None
    return Finding(Diagnosis.INPUT_CHANGED, say("training_flag", input=name, expected=expected, given=type_or(given)))


def type_or(given: Value) -> str:
    """A truth value as itself, anything else by its type."""
    return str(given) if isinstance(given, bool) else type_name(given)


def compare_instance(entry: dict[str, Value], given: Value) -> Finding | None:
    """None when the object is of the class that the question names."""
    if given is True:
        return None
    return Finding(Diagnosis.WRONG_TYPE, say("instance", name=entry["of"], expected=entry["class"]))


def compare_same(entry: dict[str, Value], given: Value) -> Finding | None:
    """None when both names were one object."""
    return None if given is True else Finding(Diagnosis.WRONG_VALUE, say("same", a=entry["a"], b=entry["b"]))


def compare_log(expected: Value, given: Value, scene: Scene, name: str) -> Finding | None:
    """None when the callable was called as often as by the reference and with the same arguments, in whatever order."""
    wanted = expected if isinstance(expected, list) else []
    got = given if isinstance(given, list) else []
    if len(wanted) != len(got):
        said = say("calls_count", input=name, expected=len(wanted), given=len(got))
        return Finding(Diagnosis.WRONG_CALLS, said)
    subject = Subject(f"the call of `{name}`")
    off = [at for at, (w, g) in enumerate(zip(wanted, got, strict=True)) if compare(w, g, scene, subject) is not None]
    if not off:
        return None
    left = [got[at] for at in off]
    for at in off:
        match = None
        if len(off) <= MOST_CALLS_REORDERED:
            match = next((i for i, call in enumerate(left) if compare(wanted[at], call, scene, subject) is None), None)
        if match is None:
            return Finding(Diagnosis.WRONG_CALLS, say("calls", input=name, call=at + 1))
        del left[match]
    return None


def excessive_operators(given: Value, rule: Operators) -> Finding | None:
    """None when no forbidden aten operator was executed, and none more often than allowed."""
    counts: dict[str, int] = {}
    for name, times in given.items() if isinstance(given, dict) else ():
        if isinstance(name, str) and isinstance(times, int):
            plain = name.removeprefix("aten::").removeprefix("aten.").split(".")[0]
            counts[plain] = counts.get(plain, 0) + times
    for operator in rule.forbid:
        if counts.get(operator, 0) > 0:
            return Finding(Diagnosis.FORBIDDEN_OPERATION, say("forbidden_operation", operator=operator))
    for operator, most in rule.max.items():
        if counts.get(operator, 0) > most:
            parts = {"operator": operator, "given": counts[operator], "expected": most}
            return Finding(Diagnosis.TOO_MANY_OPERATIONS, say("too_many_operations", **parts))
    return None
