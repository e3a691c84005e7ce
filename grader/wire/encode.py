"""Values to bytes. Exact types only: a subclass of int or of str may lie about itself and is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.wire import layout
from grader.wire.failures import Malformed, OverBound
from grader.wire.values import DEFAULT_BOUNDS, Array, Bounds, Tagged, Value, check_data, data_bytes


def encode(value: Value, bounds: Bounds = DEFAULT_BOUNDS) -> bytes:
    """One message body. Raises Malformed for what is not a Value and OverBound for what is too large."""
    encoder = _Encoder(bounds)
    encoder.value(value, bounds.depth)
    if sum(map(len, encoder.parts)) > bounds.bytes:
        raise OverBound(f"the message is larger than {bounds.bytes} bytes")
    return b"".join(encoder.parts)


class _Encoder:
    """Collects the parts of one message; large data is referred to and copied once, by the final join."""

    __slots__ = ("bounds", "items", "parts")

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.items = bounds.items
        self.parts: list[bytes] = []

    def value(self, value: Value, depth: int) -> None:
        self.items -= 1
        if self.items < 0:
            raise OverBound(f"more than {self.bounds.items} values in one message")
        kind = type(value)
        if (leaf := _LEAVES.get(kind)) is not None:
            leaf(self, value)
        elif (container := _CONTAINERS.get(kind)) is not None:
            container(self, value, depth)
        else:
            raise Malformed(f"the wire carries no {_name(kind)}")

    def none(self, _value: None) -> None:
        self.parts.append(b"N")

    def boolean(self, value: bool) -> None:
        self.parts.append(b"T" if value else b"F")

    def integer(self, value: int) -> None:
        if layout.INT64_MIN <= value <= layout.INT64_MAX:
            self.parts.append(b"i" + layout.I64.pack(value))
            return
        if value.bit_length() > self.bounds.int_bits:
            raise OverBound(f"an int of more than {self.bounds.int_bits} bits")
        length = layout.big_int_bytes(value)
        self.parts.append(b"I" + layout.U32.pack(length) + value.to_bytes(length, "little", signed=True))

    def float_(self, value: float) -> None:
        self.parts.append(b"f" + layout.F64.pack(value))

    def complex_(self, value: complex) -> None:
        self.parts.append(b"c" + layout.C128.pack(value.real, value.imag))

    def string(self, value: str) -> None:
        self.text(b"s", value)

    def bytes_(self, value: bytes) -> None:
        self.parts.append(b"b" + layout.U32.pack(_u32(len(value))))
        self.parts.append(value)

    def list_(self, value: list[Value], depth: int) -> None:
        self.count(b"l", len(value), depth)
        for item in value:
            self.value(item, depth - 1)

    def tuple_(self, value: tuple[Value, ...], depth: int) -> None:
        self.count(b"t", len(value), depth)
        for item in value:
            self.value(item, depth - 1)

    def dict_(self, value: dict[object, Value], depth: int) -> None:
        self.count(b"d", len(value), depth)
        for key, item in value.items():
            self.key(key, depth - 1)
            self.value(item, depth - 1)

    def count(self, tag: bytes, count: int, depth: int) -> None:
        if depth <= 0:
            raise OverBound(f"nested deeper than {self.bounds.depth}")
        self.parts.append(tag + layout.U32.pack(_u32(count)))

    def text(self, tag: bytes, value: str) -> None:
        try:
            data = value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise Malformed("a string with a lone surrogate") from error
        if len(data) > self.bounds.str_bytes:
            raise OverBound(f"a string of more than {self.bounds.str_bytes} bytes")
        self.parts.append(tag + layout.U32.pack(len(data)) + data)

    def key(self, key: Any, depth: int) -> None:
        kind = type(key)
        if kind is tuple:
            self.items -= 1
            self.count(b"t", len(key), depth)
            for part in key:
                self.key(part, depth - 1)
        elif kind is int and not layout.INT64_MIN <= key <= layout.INT64_MAX:
            raise OverBound("an int of more than 64 bits as a key")
        elif kind in _KEY_TYPES:
            self.value(key, depth)
        else:
            raise Malformed(f"{_name(kind)} as the key of a dict")

    def array(self, value: Array) -> None:
        dtype, shape, data = value.dtype, value.shape, value.data
        if type(dtype) is not str or type(shape) is not tuple or any(type(length) is not int for length in shape):
            raise Malformed("an array whose dtype or shape is of a foreign type")
        if type(data) is not bytes or len(data) != data_bytes(dtype, shape, self.bounds):
            raise Malformed("an array whose data does not fit its shape")
        check_data(dtype, data)
        header = bytes((layout.ARRAY, layout.DTYPE_CODES[dtype], len(shape)))
        self.parts.append(header + layout.DIMS[len(shape)].pack(*shape))
        self.parts.append(data)

    def tagged(self, value: Tagged, depth: int) -> None:
        if type(value.kind) is not str or type(value.fields) is not dict:
            raise Malformed("a tagged value whose kind or fields are of a foreign type")
        self.text(b"g", value.kind)
        self.count(b"", len(value.fields), depth)
        for name, item in value.fields.items():
            if type(name) is not str:
                raise Malformed("a field whose name is not a string")
            self.items -= 1
            self.text(b"", name)
            self.value(item, depth - 1)


_LEAVES: dict[type, Callable[[_Encoder, Any], None]] = {
    str: _Encoder.string,
    int: _Encoder.integer,
    float: _Encoder.float_,
    bool: _Encoder.boolean,
    type(None): _Encoder.none,
    bytes: _Encoder.bytes_,
    complex: _Encoder.complex_,
    Array: _Encoder.array,
}
_CONTAINERS: dict[type, Callable[[_Encoder, Any, int], None]] = {
    dict: _Encoder.dict_,
    list: _Encoder.list_,
    tuple: _Encoder.tuple_,
    Tagged: _Encoder.tagged,
}
_KEY_TYPES = frozenset((str, int, bool, float, type(None)))


def _u32(length: int) -> int:
    if length > 0xFFFFFFFF:
        raise OverBound("more than a 32-bit length can say")
    return length


def _name(kind: type) -> str:
    # type.__repr__ itself: the metaclass of a hostile object may define another.
    return type.__repr__(kind)[:120]
