"""Right answers with something wrong in them: whatever a hostile process can put on the wire in place of a value."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import Any, cast

import numpy as np

from grader.wire import ITEM_BYTES, Array, Tagged, Value

ARRAYS = ("tensor", "ndarray", "numpy_scalar")
_PLAIN: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**63, 2**4000, -(2**4000), math.nan, math.inf, -0.0, 1e308, 5e-324, 1j, complex("nan+infj")),
    *("", "{subject} %s {0}", b"\xff", [], (), {}),
    *([[]], [True], [1, "a", None]),
    *([math.nan] * 3, [1j] * 20, ["a"] * 5),
    *({"": 1}, {1: None, (2, "a"): 3.0}, {math.nan: 0}),
    *(Array("float32", (2,), bytes(8)), Array("bfloat16", (), b"\0\0")),
    Tagged("unsupported", {"type": "{x}", "why": {"a": [1]}}),
    Tagged("detached", {}),
    Tagged("callable", {"name": 5, "params": []}),
    Tagged("generator", {}),
    Tagged("dtype", {"name": "complex32"}),
    Tagged("device", {"name": "cuda:7"}),
    Tagged("meta_tensor", {"dtype": "float32", "shape": [3, 2**20]}),
    Tagged("module_seen", {"type": "M", "parameters": [], "buffers": [], "training": None}),
    Tagged("module_seen", {"parameters": [{"name": "weight"}] * 3, "buffers": [{"name": "", "value": [1, "a"]}]}),
)


def strange(value: Value, random: Random, depth: int = 6) -> Value:
    """`value` with one thing in it replaced; the same for the same state of `random`."""
    if depth and random.random() < 0.8:
        if isinstance(value, list | tuple) and value:
            parts = list(value)
            at = random.randrange(len(parts))
            parts[at] = strange(parts[at], random, depth - 1)
            return parts if isinstance(value, list) else tuple(parts)
        if isinstance(value, dict) and value:
            key = random.choice(list(value))
            return {**value, key: strange(value[key], random, depth - 1)}
        if isinstance(value, Tagged) and value.kind not in ARRAYS and value.fields:
            field = random.choice(list(value.fields))
            return Tagged(value.kind, {**value.fields, field: strange(value.fields[field], random, depth - 1)})
    return random.choice(_WAYS)(value, random)


def without_numbers(value: Value) -> Value:
    """Every floating number turned into nan."""
    if isinstance(value, float):
        return math.nan
    if isinstance(value, list):
        return [without_numbers(part) for part in value]
    if isinstance(value, tuple):
        return tuple(without_numbers(part) for part in value)
    if isinstance(value, dict):
        return {key: without_numbers(part) for key, part in value.items()}
    if isinstance(value, Tagged):
        return Tagged(value.kind, {name: without_numbers(part) for name, part in value.fields.items()})
    if isinstance(value, Array) and "float" in value.dtype:
        # All bits set are a nan in every floating dtype.
        return Array(value.dtype, value.shape, b"\xff" * len(value.data))
    return value


def with_tensors_of(value: Value, number: float) -> Value:
    """Every entry of every tensor of floats is `number`, or the largest that its dtype has."""
    if isinstance(value, list):
        return [with_tensors_of(part, number) for part in value]
    if isinstance(value, tuple):
        return tuple(with_tensors_of(part, number) for part in value)
    if isinstance(value, dict):
        return {key: with_tensors_of(part, number) for key, part in value.items()}
    if isinstance(value, Tagged):
        return Tagged(value.kind, {name: with_tensors_of(part, number) for name, part in value.fields.items()})
    if isinstance(value, Array) and value.dtype in ("float32", "float64"):
        largest = float(np.finfo(value.dtype).max)
        entry = number if math.isinf(number) else max(-largest, min(number, largest))
        return Array(value.dtype, value.shape, np.full(value.shape, entry, value.dtype).tobytes())
    return value


def _anything(value: Value, random: Random) -> Value:
    del value
    return cast("Value", random.choice(_PLAIN))


def _nested(value: Value, random: Random) -> Value:
    for _ in range(random.choice((1, 2, 20))):
        value = random.choice((lambda v: [v], lambda v: (v,), lambda v: {"value": v}))(value)
    return value


def _repeated(value: Value, random: Random) -> Value:
    return [value] * random.choice((2, 3, 1000))


def _shorter_or_longer(value: Value, random: Random) -> Value:
    if isinstance(value, list | tuple):
        parts = list(value)
        parts = random.choice((parts[1:], parts[:-1], parts + parts, parts[::-1]))
        return parts if isinstance(value, list) else tuple(parts)
    if isinstance(value, dict):
        kept = dict(list(value.items())[1:])
        return random.choice((kept, {**value, "further": 1.0}, {**kept, 7: None}))
    return value


def _another_number(value: Value, random: Random) -> Value:
    if not isinstance(value, bool | int | float):
        return _array(value, random)
    others: list[Value] = [complex(value), -value, value * 2, str(value), [value], bool(value), 2**4000]
    arrays = [Array(dtype, (), bytes(size)) for dtype, size in ITEM_BYTES.items() if dtype != "bfloat16"]
    return random.choice([*others, *(Tagged("numpy_scalar", {"data": array}) for array in arrays)])


def _array(value: Value, random: Random) -> Value:
    """An array of another dtype, shape or content; one of its own where there was none."""
    array = value.fields.get("data") if isinstance(value, Tagged) and value.kind in ARRAYS else None
    if not isinstance(array, Array):
        array = Array("float32", (2, 3), bytes(24))
    entries = len(array.data) // ITEM_BYTES[array.dtype]
    dtype = random.choice([array.dtype, *ITEM_BYTES])
    shape = random.choice(
        [
            *(array.shape, (entries,), (*array.shape, 1, 1), (1,) * (16 - len(array.shape)) + array.shape),
            *((), (0,), (3, 2), (*array.shape, 0), (0, *array.shape), (2**31, 0), (0, 2**31), (300_000, 0), (300_000,)),
        ]
    )
    size = math.prod(shape) * ITEM_BYTES[dtype]
    fill = b"\0" if dtype == "bool" else random.choice((b"\0", b"\xff", b"\x7f\x80", b"\x01"))
    same = dtype == array.dtype and size == len(array.data) and random.random() < 0.5
    data = array.data if same else (fill * size)[:size]
    tensor: dict[str, Any] = {
        "data": Array(dtype, shape, data),
        "requires_grad": random.random() < 0.3,
        "noncontiguous": False,
        "parameter": random.random() < 0.2,
        "device": random.choice(("cpu", "cpu", "cpu", "cuda:0", "meta")),
        "is_leaf": random.random() < 0.5,
        "attached": random.random() < 0.5,
    }
    kind = random.choice(("tensor", "tensor", "ndarray"))
    return Tagged(kind, tensor if kind == "tensor" else {"data": tensor["data"]})


_WAYS: tuple[Callable[[Value, Random], Value], ...] = (
    _anything,
    _nested,
    _repeated,
    _shorter_or_longer,
    _another_number,
    _another_number,
    _array,
    _array,
    _array,
)
