"""The closed set of values that cross between processes, and how large they may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias, Union

from grader.wire.failures import Malformed, OverBound

# Names of torch's dtypes without the prefix → bytes an entry. The order is part of the encoding: append only.
ITEM_BYTES: dict[str, int] = {
    "bool": 1,
    "uint8": 1,
    "int8": 1,
    "int16": 2,
    "int32": 4,
    "int64": 8,
    "float16": 2,
    "bfloat16": 2,
    "float32": 4,
    "float64": 8,
    "complex64": 8,
    "complex128": 16,
    "uint16": 2,
    "uint32": 4,
    "uint64": 8,
}

# Entries that an array with its empty dimensions taken as 1 may have: what is built from a list of such arrays must not
# overflow 64 bits.
MAX_EXTENT = 2**31


@dataclass(frozen=True, slots=True)
class Array:
    """Raw numbers: `data` is C-contiguous and little-endian, `shape` () for a single number."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes


@dataclass(frozen=True, slots=True)
class Tagged:
    """A value that its reader builds into something: what `kind` means is agreed between harness and judge."""

    kind: str
    fields: dict[str, Value]


# Dict keys are str, int (64 bits), bool, float, None or tuples of them. `Any` lets a dict[str, Value] pass for a Value.
Value: TypeAlias = Union[
    bool, int, float, complex, str, bytes, "list[Value]", "tuple[Value, ...]", "dict[Any, Value]", Array, Tagged, None
]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one message may hold."""

    bytes: int = 64 * 2**20  # the whole message
    depth: int = 32  # containers within containers
    items: int = 2**18  # values, keys included
    array_bytes: int = 32 * 2**20  # the data of one array
    str_bytes: int = 2**20  # one string, in UTF-8
    int_bits: int = 4096  # below the 4300 digits that Python will print
    dims: int = 16  # of one array


DEFAULT_BOUNDS = Bounds()


def data_bytes(dtype: str, shape: tuple[int, ...], bounds: Bounds) -> int:
    """The bytes that the data of such an array has; raises Malformed or OverBound before anything is allocated."""
    item_bytes = ITEM_BYTES.get(dtype)
    if item_bytes is None:
        raise Malformed(f"no dtype is called {dtype[:40]!r}")
    if len(shape) > bounds.dims:
        raise OverBound(f"an array of {len(shape)} dimensions; at most {bounds.dims} are allowed")
    entries = extent = 1
    for length in shape:
        if length < 0:
            raise Malformed("a negative length in a shape")
        entries *= length
        extent *= length or 1
        if extent > MAX_EXTENT:
            raise OverBound(f"a shape of more than {MAX_EXTENT} entries")
    if entries * item_bytes > bounds.array_bytes:
        raise OverBound(f"an array of {entries * item_bytes} bytes; at most {bounds.array_bytes} are allowed")
    return entries * item_bytes


def check_data(dtype: str, data: bytes) -> None:
    """Raises Malformed for bytes that are no entries of this dtype: a bool is 0 or 1."""
    if dtype == "bool" and data.translate(None, b"\0\1"):
        raise Malformed("a bool that is neither 0 nor 1")
