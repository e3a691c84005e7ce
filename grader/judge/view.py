"""What a check of the author's sees: values as torch holds them, a given one in the container of the expected one."""

from __future__ import annotations

from typing import Any

import torch

from grader.harness.convert import from_wire
from grader.judge.tensors import MIXED, as_numbers, kind_of
from grader.wire import Array, Tagged, Value

MOST_ROWS = 2**18  # no longer list could be sent


def expected_view(value: Value) -> Any:
    """An expected observation as torch, NumPy and Python values."""
    return _view(value)


def given_view(expected: Value, given: Value) -> Any:
    """The same of a given one: where its structure is right, lists for expected tensors become tensors, and so on, so
    that a check need not care for style."""
    if type(expected) in (list, tuple):
        return _sequence(expected, given)
    if type(expected) is dict and type(given) is dict:
        return {key: given_view(value, given.get(key)) for key, value in expected.items()}
    if type(expected) is Tagged and expected.kind == "tensor" and not _is(given, "tensor"):
        return _tensor(expected, given)
    if type(expected) in (bool, int, float, complex) and type(given) is not type(expected):
        return _number(expected, given)
    return _view(given)


def _is(value: Value, kind: str) -> bool:
    return type(value) is Tagged and value.kind == kind


def _view(value: Value) -> Any:
    if type(value) is list:
        return [_view(item) for item in value]
    if type(value) is tuple:
        return tuple([_view(item) for item in value])
    if type(value) is dict:
        return {key: _view(item) for key, item in value.items()}
    if type(value) is Tagged and value.kind == "tensor":
        return _with_graph(from_wire(value), value.fields)
    if type(value) is Tagged and value.kind == "module_seen":
        return _module(value)
    return from_wire(value)


def _module(value: Tagged) -> dict[str, Any]:
    """Name → tensor, parameters with their `requires_grad`."""
    listed: list[Any] = [*_listed(value, "parameters"), *_listed(value, "buffers")]
    return {entry["name"]: _view(entry.get("value")) for entry in listed}


def _listed(value: Tagged, group: str) -> list[Value]:
    found = value.fields.get(group)
    return found if isinstance(found, list) else []


def _with_graph(tensor: torch.Tensor, fields: dict[str, Value]) -> torch.Tensor:
    """On the device where it was, if this process has one; a leaf or not, requiring a gradient or not, as was seen."""
    device = str(fields.get("device", "cpu"))
    if device.startswith("cuda") and torch.cuda.is_available():
        tensor = tensor.to(device)
    if fields.get("requires_grad") is not True or not (tensor.is_floating_point() or tensor.is_complex()):
        return tensor
    tensor.requires_grad_()
    return tensor.view_as(tensor) if fields.get("attached") is True else tensor


def _sequence(expected: Any, given: Value) -> Any:
    if isinstance(given, list | tuple):
        if len(given) == len(expected):
            parts = [given_view(wanted, got) for wanted, got in zip(expected, given, strict=True)]
        else:  # a list of numbers, whose length a check decides about
            parts = [given_view(expected[0], got) if expected else _view(got) for got in given]
        return tuple(parts) if type(expected) is tuple else parts
    numbers = as_numbers(given)
    if numbers is None or not numbers.shape:
        return _view(given)
    if numbers.shape[0] > MOST_ROWS:
        raise ValueError(f"{numbers.shape[0]} rows where a list is expected")
    of_numbers = len(numbers.shape) == 1 and bool(expected) and type(expected[0]) in (bool, int, float, complex)
    rows = numbers.values.tolist() if of_numbers else list(_view(given))
    return tuple(rows) if type(expected) is tuple else rows


def _tensor(expected: Tagged, given: Value) -> Any:
    numbers = as_numbers(given)
    array = expected.fields.get("data")
    if numbers is None or type(array) is not Array:
        return _view(given)
    tensor = torch.from_numpy(numbers.values.astype(numbers.values.dtype.newbyteorder("=")))
    if numbers.dtype is not None and MIXED not in numbers.dtype:
        return tensor.to(getattr(torch, numbers.dtype))
    as_expected = kind_of(array.dtype) == "float" and numbers.kind != "complex"
    return tensor.to(getattr(torch, array.dtype)) if as_expected else tensor


def _number(expected: Value, given: Value) -> Any:
    numbers = as_numbers(given)
    if numbers is None or numbers.values.size != 1:
        return _view(given)
    number = numbers.values.reshape(()).item()
    return float(number) if type(expected) is float and isinstance(number, int) else number
