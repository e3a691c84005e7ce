"""Puts values of the grader into the parameters of a module that the submission made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import torch

from grader.harness import pristine
from grader.harness.modules import Member, is_module, members, parameters
from grader.harness.tracebacks import SubmissionFault, type_name

WAYS: Final = frozenset(("name", "order", "shape"))


def load_values(module: object, values: Any, by: str) -> None:
    """Copy `values` (a dict name → tensor; for "order" and "shape" also a list) into the parameters of `module`.

    Matched by "name" (buffers too), by "order" of registration, or by "shape". The parameters keep dtype and device.
    Raises SubmissionFault when the module has no such parameters.
    """
    if not is_module(module):
        raise SubmissionFault("NotAModule", f"A torch.nn.Module is needed here; this is a {type_name(module)}.")
    if by == "name":
        _load_by_name(module, values)
    else:
        wanted = list(values.values()) if type(values) is dict else list(values)
        found = parameters(module)
        if len(found) != len(wanted):
            raise SubmissionFault(
                "WrongParameterCount", f"{len(wanted)} registered parameters are needed; there are {_names(found)}."
            )
        for tensor in wanted:
            at = 0 if by == "order" else _first_of_shape(found, tensor)
            _copy(found.pop(at), tensor)


def _load_by_name(module: object, values: dict[str, torch.Tensor]) -> None:
    found = {member.name: member for member in members(module)}
    for name, tensor in values.items():
        if name not in found:
            registered = _names(parameters(module))
            raise SubmissionFault(
                "MissingParameter", f"The module has no registered parameter `{name}`; there are {registered}."
            )
        _copy(found[name], tensor)


def _first_of_shape(found: list[Member], tensor: torch.Tensor) -> int:
    shape = tuple(pristine.shape_of(tensor))
    for at, member in enumerate(found):
        if tuple(pristine.shape_of(member.tensor)) == shape:
            return at
    raise SubmissionFault("WrongParameterShape", f"A parameter of shape {shape} is needed; there are {_names(found)}.")


def _copy(member: Member, tensor: torch.Tensor) -> None:
    expected, given = tuple(pristine.shape_of(tensor)), tuple(pristine.shape_of(member.tensor))
    if expected != given:
        raise SubmissionFault(
            "WrongParameterShape", f"The parameter `{member.name}` must have the shape {expected}; it has {given}."
        )
    with pristine.no_grad():
        pristine.copy_into(member.tensor, tensor)


def _names(found: Iterable[Member]) -> str:
    named = [f"`{member.name}` {tuple(pristine.shape_of(member.tensor))}" for member in found]
    return ", ".join(named) if named else "none"
