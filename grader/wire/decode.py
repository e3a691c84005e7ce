"""Bytes to values. Strict: every value has one encoding, and nothing is allocated before its size was checked."""

from __future__ import annotations

import struct
from collections.abc import Callable

from grader.wire import layout
from grader.wire.failures import Malformed, OverBound, Truncated
from grader.wire.layout import C128, DIMS, F64, I64, U32
from grader.wire.values import DEFAULT_BOUNDS, Array, Bounds, Tagged, Value, check_data, data_bytes

# Tuples with equal hashes are easy to make ((-1, -1), (-1, -2), …) and a dict of n of them takes n² comparisons.
MAX_TUPLE_KEYS = 2048


def decode(data: bytes, bounds: Bounds = DEFAULT_BOUNDS) -> Value:
    """The value of one message body. Raises Truncated, OverBound or Malformed; never anything else."""
    if len(data) > bounds.bytes:
        raise OverBound(f"a message of {len(data)} bytes; at most {bounds.bytes} are allowed")
    decoder = _Decoder(data, bounds)
    try:
        value = decoder.value(bounds.depth)
    except (IndexError, struct.error) as error:
        raise Truncated("the message ends early") from error
    if decoder.at != len(data):
        raise Malformed(f"{len(data) - decoder.at} bytes after the value")
    return value


class _Decoder:
    """Walks through one message; `at` is the next byte."""

    __slots__ = ("at", "bounds", "data", "items", "tuple_keys")

    def __init__(self, data: bytes, bounds: Bounds) -> None:
        self.data = data
        self.bounds = bounds
        self.at = 0
        self.items = bounds.items
        self.tuple_keys = MAX_TUPLE_KEYS

    def value(self, depth: int) -> Value:
        self.items -= 1
        if self.items < 0:
            raise OverBound(f"more than {self.bounds.items} values in one message")
        tag = self.data[self.at]
        self.at += 1
        if (leaf := _LEAVES.get(tag)) is not None:
            return leaf(self)
        if (container := _CONTAINERS.get(tag)) is not None:
            return container(self, depth)
        if tag in _CONSTANTS:
            return _CONSTANTS[tag]
        raise Malformed(f"no value starts with the byte {tag}")

    def integer(self) -> int:
        at = self.at
        self.at = at + 8
        return int(I64.unpack_from(self.data, at)[0])

    def float_(self) -> float:
        at = self.at
        self.at = at + 8
        return float(F64.unpack_from(self.data, at)[0])

    def complex_(self) -> complex:
        at = self.at
        self.at = at + 16
        return complex(*C128.unpack_from(self.data, at))

    def bytes_(self) -> bytes:
        return self.take(self.length())

    def list_(self, depth: int) -> list[Value]:
        return [self.value(depth - 1) for _ in range(self.count(depth))]

    def tuple_(self, depth: int) -> tuple[Value, ...]:
        return tuple(self.list_(depth))

    def length(self) -> int:
        at = self.at
        self.at = at + 4
        return int(U32.unpack_from(self.data, at)[0])

    def take(self, length: int) -> bytes:
        at = self.at
        end = at + length
        if end > len(self.data):
            raise Truncated("the message ends early")
        self.at = end
        return self.data[at:end]

    def count(self, depth: int) -> int:
        """How many items a container has; no more than bytes are left, as each takes one."""
        if depth <= 0:
            raise OverBound(f"nested deeper than {self.bounds.depth}")
        count = self.length()
        if count > self.items:
            raise OverBound(f"more than {self.bounds.items} values in one message")
        if count > len(self.data) - self.at:
            raise Truncated("the message ends early")
        return count

    def text(self) -> str:
        length = self.length()
        if length > self.bounds.str_bytes:
            raise OverBound(f"a string of {length} bytes; at most {self.bounds.str_bytes} are allowed")
        try:
            return str(self.take(length), "utf-8")
        except UnicodeDecodeError as error:
            raise Malformed("a string that is not UTF-8") from error

    def big_int(self) -> int:
        length = self.length()
        if length > self.bounds.int_bits // 8 + 1:
            raise OverBound(f"an int of more than {self.bounds.int_bits} bits")
        value = int.from_bytes(self.take(length), "little", signed=True)
        if layout.INT64_MIN <= value <= layout.INT64_MAX or layout.big_int_bytes(value) != length:
            raise Malformed("an int that is not written the shortest way")
        if value.bit_length() > self.bounds.int_bits:
            raise OverBound(f"an int of more than {self.bounds.int_bits} bits")
        return value

    def dict_(self, depth: int) -> dict[object, Value]:
        found: dict[object, Value] = {}
        for _ in range(self.count(depth)):
            key = self.key(depth - 1)
            if key in found:
                raise Malformed("a key stands twice in a dict")
            found[key] = self.value(depth - 1)
        return found

    def key(self, depth: int) -> object:
        tag = self.data[self.at]
        if tag == layout.TUPLE:
            self.tuple_keys -= 1
            if self.tuple_keys < 0:
                raise OverBound(f"more than {MAX_TUPLE_KEYS} tuples as keys")
            self.items -= 1
            self.at += 1
            return tuple([self.key(depth - 1) for _ in range(self.count(depth))])
        # Big ints are left out for their hashes, which are easily made equal too.
        if tag not in _KEY_TAGS:
            raise Malformed("the key of a dict is of a kind that cannot be one")
        return self.value(depth)

    def array(self) -> Array:
        code, dims = self.data[self.at], self.data[self.at + 1]
        if code >= len(layout.DTYPE_NAMES):
            raise Malformed(f"no dtype has the number {code}")
        if dims > self.bounds.dims:
            raise OverBound(f"an array of {dims} dimensions; at most {self.bounds.dims} are allowed")
        dtype = layout.DTYPE_NAMES[code]
        shape: tuple[int, ...] = DIMS[dims].unpack_from(self.data, self.at + 2)
        self.at += 2 + 8 * dims
        data = self.take(data_bytes(dtype, shape, self.bounds))
        check_data(dtype, data)
        return Array(dtype, shape, data)

    def tagged(self, depth: int) -> Tagged:
        kind = self.text()
        fields: dict[str, Value] = {}
        for _ in range(self.count(depth)):
            self.items -= 1
            name = self.text()
            if name in fields:
                raise Malformed("a field stands twice")
            fields[name] = self.value(depth - 1)
        return Tagged(kind, fields)


_CONSTANTS: dict[int, bool | None] = {layout.NONE: None, layout.TRUE: True, layout.FALSE: False}
_LEAVES: dict[int, Callable[[_Decoder], Value]] = {
    layout.STR: _Decoder.text,
    layout.INT: _Decoder.integer,
    layout.FLOAT: _Decoder.float_,
    layout.ARRAY: _Decoder.array,
    layout.BYTES: _Decoder.bytes_,
    layout.COMPLEX: _Decoder.complex_,
    layout.BIG_INT: _Decoder.big_int,
}
_CONTAINERS: dict[int, Callable[[_Decoder, int], Value]] = {
    layout.DICT: _Decoder.dict_,
    layout.LIST: _Decoder.list_,
    layout.TUPLE: _Decoder.tuple_,
    layout.TAGGED: _Decoder.tagged,
}
_KEY_TAGS = frozenset((layout.STR, layout.INT, layout.TRUE, layout.FALSE, layout.NONE, layout.FLOAT))
