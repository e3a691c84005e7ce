"""Compares modules: the names, shapes, values and trainability of their parameters and buffers."""

from __future__ import annotations

from dataclasses import dataclass

from grader.judge.entries import compare_numbers
from grader.judge.findings import Finding, most_telling
from grader.judge.messages import Subject, cut, say
from grader.judge.scene import Scene
from grader.judge.tensors import as_numbers
from grader.vocab import Diagnosis
from grader.wire import Tagged, Value

_RENAMED = frozenset({Diagnosis.WRONG_VALUE})


@dataclass(frozen=True, slots=True)
class Member:
    """One parameter or buffer of a module that was seen."""

    name: str
    value: Value
    requires_grad: bool


def members(module: Tagged, which: str) -> list[Member]:
    """The `parameters` or `buffers` of a `module_seen`, in their order; entries of a foreign form are left out."""
    listed = module.fields.get(which)
    return [
        Member(str(entry["name"]), entry.get("value"), entry.get("requires_grad") is True)
        for entry in (listed if isinstance(listed, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("name"), str)
    ]


def compare_modules(
    expected: Tagged, given: Value, scene: Scene, subject: Subject, *, values: bool = True, by: str = "name"
) -> Finding | None:
    """None when the module is right; `by` says how parameters are matched: by name, order or shape."""
    if type(given) is not Tagged or given.kind != "module_seen":
        said = say("instance", name=cut(subject.full, 60), expected="torch.nn.Module")
        return Finding(Diagnosis.WRONG_TYPE, said)
    wanted, got = members(expected, "parameters"), members(given, "parameters")
    pairs, wrong = _paired(wanted, got, by, subject)
    if wrong is None and by == "name":
        buffers, wrong = _paired(members(expected, "buffers"), members(given, "buffers"), by, subject, extra=True)
        pairs += buffers
    if wrong is not None:
        return wrong
    findings = [_compare_members(w, g, scene, subject, values) for w, g in pairs]
    found = [finding for finding in findings if finding is not None]
    return most_telling(found) if found else None


def _compare_members(expected: Member, given: Member, scene: Scene, subject: Subject, values: bool) -> Finding | None:
    wanted, got = as_numbers(expected.value), as_numbers(given.value)
    part = Subject(f"parameter `{cut(given.name, 60)}` of {subject.full}")
    if wanted is None:
        return None
    if got is None:
        said = say("unsupported", subject=part, given="an unknown type", why="", expected="a plain tensor")
        return Finding(Diagnosis.WRONG_TYPE, said)
    finding = compare_numbers(wanted, got, scene, part, values=values)
    if finding is not None:
        return finding.called(Diagnosis.WRONG_STATE, finding.said) if finding.diagnosis in _RENAMED else finding
    if expected.requires_grad != given.requires_grad:
        parts = {"expected": expected.requires_grad, "given": given.requires_grad}
        said = say("parameter_frozen", module=subject.full, parameter=cut(given.name, 60), **parts)
        return Finding(Diagnosis.WRONG_STATE, said)
    return None


def _paired(
    expected: list[Member], given: list[Member], by: str, subject: Subject, extra: bool = False
) -> tuple[list[tuple[Member, Member]], Finding | None]:
    """Members that belong together. `extra` allows more than are expected (buffers may)."""
    if by == "name":
        return _by_name(expected, given, subject, extra)
    if len(expected) != len(given):
        counts = {"expected": len(expected), "given": len(given)}
        return [], Finding(Diagnosis.NOT_REGISTERED, say("parameter_count", module=subject.full, **counts))
    if by == "order":
        return list(zip(expected, given, strict=True)), None
    left = list(given)
    pairs: list[tuple[Member, Member]] = []
    for member in expected:
        partner = next((other for other in left if _shape(other) == _shape(member)), left[0])
        left.remove(partner)
        pairs.append((member, partner))
    return pairs, None


def _by_name(
    expected: list[Member], given: list[Member], subject: Subject, extra: bool
) -> tuple[list[tuple[Member, Member]], Finding | None]:
    named = {member.name: member for member in given}
    for member in expected:
        if member.name not in named:
            has = f" (it has {', '.join(f'`{cut(name, 40)}`' for name in list(named)[:6])})" if named else ""
            said = say("not_registered", module=subject.full, parameter=member.name, has=has)
            return [], Finding(Diagnosis.NOT_REGISTERED, said)
    if not extra and len(named) > len(expected):
        names = {member.name for member in expected}
        surplus = next(name for name in named if name not in names)
        said = say("parameter_extra", module=subject.full, parameter=cut(surplus, 60))
        return [], Finding(Diagnosis.WRONG_STATE, said)
    return [(member, named[member.name]) for member in expected], None


def _shape(member: Member) -> tuple[int, ...] | None:
    numbers = as_numbers(member.value)
    return numbers.shape if numbers is not None else None
