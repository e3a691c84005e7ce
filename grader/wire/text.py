"""Values as JSON that people can read, without loss; `tasks/…/expected.json` is written so.

What JSON has is itself. Everything else is an object with one key that says what it is:
`{"tensor": {"dtype", "shape", "data"}}` (an Array; `data` nested as its shape is) · `{"tagged": [kind, fields]}` ·
`{"tuple": [...]}` · `{"dict": [[key, value], ...]}` (a dict with other keys than strings, or that reads like one of
these) · `{"bytes": base64}` · `{"complex": [re, im]}` · `{"float": "nan" | "inf" | "-inf"}`.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Iterator
from typing import Any, TypeAlias

from grader.wire.encode import encode
from grader.wire.failures import Malformed
from grader.wire.numbers import float_name, float_of_name, pack_entries, unpack_entries
from grader.wire.values import DEFAULT_BOUNDS, ITEM_BYTES, Array, Bounds, Tagged, Value, data_bytes

Json: TypeAlias = Any  # what the json module reads and writes

_NAMES = frozenset(("tensor", "tagged", "tuple", "dict", "bytes", "complex", "float"))


def to_text(value: Value, bounds: Bounds = DEFAULT_BOUNDS) -> Json:
    """What `json.dumps(…, allow_nan=False)` writes. Raises WireError for what the wire would refuse too."""
    encode(value, bounds)
    return _to_text(value)


def from_text(text: Json, bounds: Bounds = DEFAULT_BOUNDS) -> Value:
    """The value that `to_text` was given. Raises WireError for anything that it does not write."""
    value = _from_text(text, bounds.depth + 1, bounds)
    encode(value, bounds)
    return value


def _to_text(value: Value) -> Json:
    if isinstance(value, float):
        return value if math.isfinite(value) else {"float": float_name(value)}
    if isinstance(value, complex):
        return {"complex": [_to_text(value.real), _to_text(value.imag)]}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, list):
        return [_to_text(item) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [_to_text(item) for item in value]}
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value) and not (len(value) == 1 and _NAMES.intersection(value)):
            return {key: _to_text(item) for key, item in value.items()}
        return {"dict": [[_to_text(key), _to_text(item)] for key, item in value.items()]}
    if isinstance(value, Array):
        entries = iter(unpack_entries(value.dtype, value.data))
        return {"tensor": {"dtype": value.dtype, "shape": list(value.shape), "data": _nested(entries, value.shape)}}
    if isinstance(value, Tagged):
        return {"tagged": [value.kind, {name: _to_text(item) for name, item in value.fields.items()}]}
    return value


def _from_text(text: Json, depth: int, bounds: Bounds) -> Value:
    if depth < 0:
        raise Malformed(f"nested deeper than {bounds.depth}")
    if isinstance(text, list):
        return [_from_text(item, depth - 1, bounds) for item in text]
    if not isinstance(text, dict):
        return _scalar(text)
    if len(text) != 1 or not _NAMES.intersection(text):
        return {key: _from_text(item, depth - 1, bounds) for key, item in text.items()}
    [(name, content)] = text.items()
    try:
        return _named(name, content, depth - 1, bounds)
    except (TypeError, ValueError, KeyError, OverflowError, binascii.Error) as error:
        raise Malformed(f"not the content of {name!r}: {error}") from error


def _scalar(text: Json) -> Value:
    if text is None or isinstance(text, bool | int | str):
        return text
    if isinstance(text, float) and math.isfinite(text):
        return text
    raise Malformed(f"not JSON as it is written here: {type(text).__name__}")


def _named(name: str, content: Json, depth: int, bounds: Bounds) -> Value:
    if name == "tensor":
        dtype, shape = content["dtype"], tuple(content["shape"])
        if not isinstance(dtype, str) or not all(type(length) is int for length in shape):
            raise Malformed("a dtype or shape of a foreign type")
        size = data_bytes(dtype, shape, bounds)
        data = pack_entries(dtype, list(_flat(content["data"], shape)))
        if len(data) != size:
            raise Malformed(f"{len(data) // ITEM_BYTES[dtype]} entries for the shape {list(shape)}")
        return Array(dtype, shape, data)
    if name == "tagged":
        kind, fields = content
        if not isinstance(fields, dict):
            raise Malformed("fields that are no object")
        return Tagged(kind, {field: _from_text(item, depth, bounds) for field, item in fields.items()})
    if name == "tuple":
        return tuple([_from_text(item, depth, bounds) for item in content])
    if name == "dict":
        return {_from_text(key, depth, bounds): _from_text(item, depth, bounds) for key, item in content}
    if name == "bytes":
        return base64.b64decode(content, validate=True)
    if name == "complex":
        real, imag = (_real(_from_text(part, depth, bounds)) for part in content)
        return complex(real, imag)
    return float_of_name(content)


def _real(value: Value) -> float:
    if not isinstance(value, float):
        raise Malformed("a part of a complex number that is no float")
    return value


def _nested(entries: Iterator[Json], shape: tuple[int, ...]) -> Json:
    if not shape:
        return next(entries)
    return [_nested(entries, shape[1:]) for _ in range(shape[0])] if 0 not in shape else []


def _flat(data: Json, shape: tuple[int, ...]) -> Iterator[Json]:
    if not shape:
        yield data
        return
    if 0 in shape and data == []:
        return
    if not isinstance(data, list) or len(data) != shape[0]:
        raise Malformed("rows that do not fit the shape")
    for row in data:
        yield from _flat(row, shape[1:])
