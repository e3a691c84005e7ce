"""Live Python, NumPy and torch values to wire values; `from_wire` is the way back.

Exact types only, and named tuples: another subclass may lie about itself, so it becomes `unsupported`, and so does
whatever is over the bounds.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from grader.harness import pristine
from grader.harness.from_wire import from_wire
from grader.harness.tracebacks import type_name
from grader.wire import DEFAULT_BOUNDS, Array, Bounds, Tagged, Value
from grader.wire.values import MAX_EXTENT

__all__ = ["DICTS", "SEQUENCES", "Converter", "from_wire", "plain_type", "to_wire", "unsupported"]

_INT64_MIN, _INT64_MAX = -(2**63), 2**63 - 1
_MAX_TUPLE_KEYS = 2000  # a little below what the decoder takes
# What the answer and the tags around a value may need beside it.
_SPARE_BYTES, _SPARE_ITEMS, _SPARE_DEPTH = 2**16, 2**12, 8
_ITEM_BYTES, _TENSOR_BYTES, _TENSOR_ITEMS = 24, 400, 24

_NUMPY_NAMES: dict[type, str] = {
    np.dtype(code).type: np.dtype(code).name
    for code in "?bBhHiIlLqQefdFD"  # longdouble, strings, times and objects are no numbers that travel
}
_RETURN_TYPES = frozenset(
    kind for kind in vars(torch.return_types).values() if type(kind) is type and tuple in kind.__mro__
)
SEQUENCES = frozenset((list, tuple, torch.Size)) | _RETURN_TYPES
DICTS = frozenset((dict, OrderedDict, defaultdict))
_TENSOR_META, _PARAMETER_META = type(pristine.Tensor), type(pristine.Parameter)
_ONLY_TUPLE = (tuple,)
_KEY_LEAVES = frozenset((str, int, bool, float, type(None)))


class _Excess(Exception):
    """The budget of one message is used up."""


def to_wire(obj: object, bounds: Bounds = DEFAULT_BOUNDS) -> Value:
    """The Value of any object at all; what cannot travel, or parts of it, becomes Tagged `unsupported`."""
    return Converter(bounds).convert(obj)


def unsupported(obj: object, why: str) -> Tagged:
    """What stands for an object that does not travel."""
    return Tagged("unsupported", {"type": type_name(obj), "why": why})


def plain_type(obj: object) -> type:
    """The type to look up in a table: `tuple` of a named one, `object` where a metaclass would be asked for a hash."""
    kind = type(obj)
    metaclass = type(kind)
    if metaclass is type and kind.__bases__ == _ONLY_TUPLE and kind not in SEQUENCES:
        return tuple  # a named tuple: what it holds is read past anything that it defines
    return kind if metaclass is type or metaclass is _TENSOR_META or metaclass is _PARAMETER_META else object


class Converter:
    """Converts several objects that go into one message, within that message's bounds."""

    def __init__(self, bounds: Bounds = DEFAULT_BOUNDS) -> None:
        self._bounds = bounds
        self._bytes = bounds.bytes - min(_SPARE_BYTES, bounds.bytes // 4)
        self._items = bounds.items - min(_SPARE_ITEMS, bounds.items // 4)
        self._tuple_keys = _MAX_TUPLE_KEYS

    def convert(self, obj: object) -> Value:
        """The Value of `obj`. Never raises for what `obj` is."""
        before = self._bytes, self._items, self._tuple_keys
        with pristine.undisturbed():
            try:
                return self._value(obj, self._bounds.depth - _SPARE_DEPTH)
            except _Excess as excess:
                self._bytes, self._items, self._tuple_keys = before
                return unsupported(obj, str(excess))

    def _spend(self, size: int, items: int = 1) -> None:
        self._bytes -= size
        self._items -= items
        if self._items < 0:
            raise _Excess("more values than an answer may hold")
        if self._bytes < 0:
            raise _Excess("larger than an answer may be")

    def _value(self, obj: Any, depth: int) -> Value:
        self._spend(_ITEM_BYTES)
        kind = plain_type(obj)
        if kind is float or kind is bool or obj is None or kind is complex:
            return obj  # type: ignore[no-any-return]
        if (leaf := _LEAVES.get(kind)) is not None:
            return leaf(self, obj)
        if (container := _CONTAINERS.get(kind)) is None:
            return unsupported(obj, "not plain data")
        if depth <= 0:
            return unsupported(obj, "nested too deeply")
        return container(self, obj, depth)

    def _int(self, obj: int) -> Value:
        if obj.bit_length() > self._bounds.int_bits:
            return unsupported(obj, f"more than {self._bounds.int_bits} bits")
        self._spend(obj.bit_length() // 8, 0)
        return obj

    def _str(self, obj: str) -> Value:
        if len(obj) > self._bounds.str_bytes:
            return unsupported(obj, "too long")
        try:
            size = len(obj.encode("utf-8"))
        except UnicodeEncodeError:
            return unsupported(obj, "not valid Unicode: a lone surrogate")
        if size > self._bounds.str_bytes:
            return unsupported(obj, "too long")
        self._spend(size, 0)
        return obj

    def _bytes_(self, obj: bytes) -> Value:
        self._spend(len(obj), 0)
        return obj

    def _list(self, obj: list[Any], depth: int) -> Value:
        return [self._value(item, depth - 1) for item in obj]

    def _tuple(self, obj: tuple[Any, ...], depth: int) -> Value:
        return tuple([self._value(item, depth - 1) for item in tuple.__iter__(obj)])

    def _dict(self, obj: dict[Any, Any], depth: int) -> Value:
        found: dict[Any, Value] = {}
        for key, item in list(dict.items(obj)):
            if not self._is_key(key, depth - 1):
                return unsupported(obj, f"a key of type {type_name(key)}")
            found[key] = self._value(item, depth - 1)
        return found

    def _is_key(self, key: Any, depth: int) -> bool:
        self._spend(_ITEM_BYTES)
        kind = plain_type(key)
        if kind is tuple:
            self._tuple_keys -= 1
            if self._tuple_keys < 0:
                raise _Excess("more tuples as keys than an answer may hold")
            return depth > 0 and all(self._is_key(part, depth - 1) for part in tuple.__iter__(key))
        if kind is int:
            return bool(_INT64_MIN <= key <= _INT64_MAX)
        if kind is str:
            return type(self._str(key)) is str
        return kind in _KEY_LEAVES

    def _tensor(self, obj: torch.Tensor) -> Value:
        try:
            return self._read_tensor(obj)
        except (RuntimeError, TypeError, ValueError, NotImplementedError, MemoryError) as error:
            return unsupported(obj, f"a tensor that cannot be read ({type_name(error)})")

    def _read_tensor(self, obj: torch.Tensor) -> Value:
        if why := _why_not_plain(obj):
            return unsupported(obj, why)
        name = pristine.NAME_OF_DTYPE.get(pristine.dtype_of(obj))
        if name is None:
            return unsupported(obj, f"dtype {pristine.dtype_of(obj)}")
        shape = tuple(pristine.shape_of(obj))
        if why := self._why_too_large(shape):
            return unsupported(obj, why)
        device = pristine.device_of(obj)
        fields: dict[str, Value] = {
            "requires_grad": pristine.requires_grad(obj),
            "is_leaf": pristine.is_leaf(obj),
            "attached": pristine.grad_fn_of(obj) is not None,
            "parameter": type(obj) is pristine.Parameter,
            "device": str(device),
        }
        if device.type == "meta":
            self._spend(_TENSOR_BYTES, _TENSOR_ITEMS + len(shape))
            return Tagged("meta_tensor", {"dtype": name, "shape": list(shape), **fields})
        size = pristine.numel(obj) * pristine.element_bytes(obj)
        if size > self._bounds.array_bytes:
            return unsupported(obj, f"{size} bytes")
        self._spend(size + _TENSOR_BYTES, _TENSOR_ITEMS)
        fields["noncontiguous"] = not pristine.is_contiguous(obj)
        fields["data"] = Array(name, shape, _tensor_bytes(obj))
        return Tagged("tensor", fields)

    def _ndarray(self, obj: np.ndarray[Any, Any]) -> Value:
        return self._numbers("ndarray", obj)

    def _numpy_scalar(self, obj: np.generic) -> Value:
        return self._numbers("numpy_scalar", np.asarray(obj))

    def _numbers(self, kind: str, obj: np.ndarray[Any, Any]) -> Value:
        name = _NUMPY_NAMES.get(obj.dtype.type)
        if name is None:
            return unsupported(obj, f"NumPy dtype {str(obj.dtype)[:100]}")
        if why := self._why_too_large(obj.shape):
            return unsupported(obj, why)
        if obj.nbytes > self._bounds.array_bytes:
            return unsupported(obj, f"{obj.nbytes} bytes")
        self._spend(obj.nbytes + _TENSOR_BYTES, _TENSOR_ITEMS)
        little = obj.astype(obj.dtype.newbyteorder("<"), copy=False)
        return Tagged(kind, {"data": Array(name, obj.shape, little.tobytes())})

    def _why_too_large(self, shape: tuple[int, ...]) -> str | None:
        extent = 1
        for length in shape:
            extent *= length or 1
        if len(shape) > self._bounds.dims or extent > MAX_EXTENT:
            return "a shape beyond bounds"
        return None

    def _dtype(self, obj: torch.dtype) -> Value:
        return Tagged("dtype", {"name": str(obj).removeprefix("torch.")})

    def _device(self, obj: torch.device) -> Value:
        return Tagged("device", {"name": str(obj)})


_LEAVES: dict[type, Callable[[Converter, Any], Value]] = {
    int: Converter._int,
    str: Converter._str,
    bytes: Converter._bytes_,
    pristine.Tensor: Converter._tensor,
    pristine.Parameter: Converter._tensor,
    np.ndarray: Converter._ndarray,
    torch.dtype: Converter._dtype,
    torch.device: Converter._device,
    **dict.fromkeys(_NUMPY_NAMES, Converter._numpy_scalar),
}
_CONTAINERS: dict[type, Callable[[Converter, Any, int], Value]] = {
    **dict.fromkeys(SEQUENCES, Converter._tuple),
    **dict.fromkeys(DICTS, Converter._dict),
    list: Converter._list,
}


def _why_not_plain(obj: torch.Tensor) -> str | None:
    if pristine.layout_of(obj) is not pristine.strided:
        return f"a sparse tensor ({pristine.layout_of(obj)})"
    if pristine.is_quantized(obj):
        return "a quantised tensor"
    if pristine.is_nested(obj):
        return "a nested tensor"
    if pristine.is_transformed(obj):
        return "a tensor that belongs to a torch.func transform"
    return None


def _tensor_bytes(obj: torch.Tensor) -> bytes:
    plain = pristine.detach(obj)
    if pristine.is_conj(plain):
        plain = pristine.resolve_conj(plain)
    if pristine.is_neg(plain):
        plain = pristine.resolve_neg(plain)
    if pristine.device_of(plain).type != "cpu":
        plain = pristine.to_cpu(plain)
    if pristine.dtype_of(plain) is torch.bfloat16:
        plain = pristine.view(plain, torch.int16)  # NumPy knows no bfloat16; the bits are the same
    data: bytes = pristine.to_numpy(plain).tobytes()
    return data
