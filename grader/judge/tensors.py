"""Values from the wire as NumPy numbers, whatever container they came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.wire import Array, Tagged, Value

Numeric: TypeAlias = npt.NDArray[Any]
NumberKind = Literal["bool", "int", "float", "complex"]
Container = Literal["number", "tensor", "ndarray", "sequence"]

KINDS: tuple[NumberKind, ...] = ("bool", "int", "float", "complex")
ARRAY_KINDS = frozenset({"tensor", "ndarray", "numpy_scalar"})
_PYTHON_KINDS: dict[type, NumberKind] = {bool: "bool", int: "int", float: "float", complex: "complex"}
_INT64_MIN, _INT64_MAX = -(2**63), 2**63 - 1
MIXED = " and "
MOST_DIMS = 32  # that NumPy's iterators take


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of one shape. `dtype` is torch's name, None for Python's and NumPy's plain numbers.

    Where the parts of a list have several, it names them all, and is no dtype's name.
    """

    values: Numeric
    kind: NumberKind
    dtype: str | None
    container: Container
    device: str | None = None
    precision: str | None = None  # the floating dtype that the numbers were computed in, where it shows

    @property
    def shape(self) -> tuple[int, ...]:
        return self.values.shape


def kind_of(dtype: str) -> NumberKind:
    """bool, int, float or complex, of a dtype's name."""
    if dtype == "bool":
        return "bool"
    if dtype.startswith("complex"):
        return "complex"
    return "float" if "float" in dtype else "int"


def to_numpy(array: Array) -> Numeric:
    """The array's entries; bfloat16, which NumPy lacks, comes as float32. Read-only."""
    if array.dtype == "bfloat16":
        raised = np.frombuffer(array.data, dtype="<u2").astype("<u4") << 16
        return raised.view("<f4").reshape(array.shape)
    dtype = np.dtype(array.dtype).newbyteorder("<")
    return np.frombuffer(array.data, dtype=dtype).reshape(array.shape)


def array_of(value: Value) -> Array | None:
    """The raw numbers inside a tensor, an ndarray or a NumPy scalar; None for anything else."""
    if type(value) is Tagged and value.kind in ARRAY_KINDS:
        data = value.fields.get("data")
        return data if type(data) is Array else None
    return None


def bit_equal(expected: Value, given: Value) -> bool:
    """The quick way out: the same tensor to the last bit, on the same device."""
    if type(expected) is not Tagged or type(given) is not Tagged or not expected.kind == given.kind == "tensor":
        return False
    ours, theirs = expected.fields, given.fields
    return ours.get("data") == theirs.get("data") and ours.get("device") == theirs.get("device")


def as_numbers(value: Value) -> Numbers | None:
    """The value as numbers of one shape; lists and tuples are stacked. None where that cannot be."""
    kind = _PYTHON_KINDS.get(type(value))
    if kind is not None:
        return Numbers(_plain([value], kind).reshape(()), kind, None, "number")
    array = array_of(value)
    if array is not None:
        return _of_array(value, array)  # type: ignore[arg-type]
    if type(value) in (list, tuple):
        return _of_sequence(list(value))  # type: ignore[arg-type]
    return None


def _of_array(value: Tagged, array: Array) -> Numbers:
    kind = kind_of(array.dtype)
    precision = array.dtype if kind in ("float", "complex") else None
    if value.kind == "numpy_scalar":
        return Numbers(to_numpy(array), kind, None, "number", None, precision)
    device = value.fields.get("device")
    container: Container = "tensor" if value.kind == "tensor" else "ndarray"
    return Numbers(to_numpy(array), kind, array.dtype, container, device if type(device) is str else None, precision)


def _plain(values: list[Any], kind: NumberKind) -> Numeric:
    """Python numbers as an array; ints beyond 64 bits become floats, infinite beyond those."""
    if kind == "bool":
        return np.array(values, dtype=np.bool_)
    if kind == "complex":
        return np.array([complex(_as_float(v)) if type(v) is int else v for v in values], dtype=np.complex128)
    if kind == "int" and all(_INT64_MIN <= v <= _INT64_MAX for v in values):
        return np.array(values, dtype=np.int64)
    return np.array([_as_float(v) for v in values], dtype=np.float64)


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _of_sequence(items: list[Value]) -> Numbers | None:
    kinds = {_PYTHON_KINDS.get(type(item)) for item in items}
    if None not in kinds:
        kind: NumberKind = max((k for k in kinds if k is not None), key=KINDS.index, default="bool")
        if kind != "bool" and "bool" in kinds:
            return None  # True among numbers is no number to compare
        return Numbers(_plain(list(items), kind), kind, None, "sequence")
    parts: list[Numbers] = []
    for item in items:
        part = as_numbers(item)
        if part is None or (parts and part.shape != parts[0].shape):
            return None
        parts.append(part)
    if len(parts[0].shape) >= MOST_DIMS:
        return None
    kind = max((part.kind for part in parts), key=KINDS.index)
    dtypes = {part.dtype for part in parts}
    known = sorted(dtype for dtype in dtypes if dtype is not None)
    return Numbers(
        np.stack([part.values for part in parts]),
        kind,
        MIXED.join(known) if len(known) == len(dtypes) or len(known) > 1 else None,
        "sequence",
        next((part.device for part in parts if part.device is not None), None),
        lowest_precision([part.precision for part in parts]),
    )


_PRECISIONS = ("bfloat16", "float16", "float32", "complex64", "float64", "complex128")


def lowest_precision(dtypes: list[str | None]) -> str | None:
    """The least precise of some floating dtypes; None when there is none."""
    known = [dtype for dtype in dtypes if dtype in _PRECISIONS]
    return min(known, key=_PRECISIONS.index, default=None)


def as_float(values: Numeric) -> Numeric:
    """In float64, or complex128 where complex."""
    return values.astype(np.complex128 if np.iscomplexobj(values) else np.float64)
