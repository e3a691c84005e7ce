"""Wire values to live torch, NumPy and Python values; for what an answer holds and for the plain parts of inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import torch

from grader.harness import pristine
from grader.wire import Array, Malformed, Tagged, Value

_DTYPES: dict[str, torch.dtype] = {name: dtype for name, dtype in vars(torch).items() if type(dtype) is torch.dtype}


def tensor_from(array: Array, device: str = "cpu") -> torch.Tensor:
    """A fresh contiguous tensor that owns its memory and requires no gradient."""
    dtype = pristine.DTYPE_OF_NAME[array.dtype]
    tensor = pristine.empty(array.shape, dtype=dtype, device=device)
    if array.data:
        # `from_buffer` alone would hand out memory that cannot be resized and is Python's.
        flat = pristine.from_buffer(bytearray(array.data), dtype=dtype)
        pristine.copy_into(tensor, pristine.reshape(flat, array.shape))
    return tensor


def ndarray_from(array: Array) -> np.ndarray[Any, Any]:
    """A fresh writable ndarray. Raises TypeError for bfloat16, which NumPy lacks."""
    return np.frombuffer(array.data, dtype=np.dtype(array.dtype).newbyteorder("<")).reshape(array.shape).copy()


def from_wire(value: Value) -> Any:
    """What a Value stands for, as torch, NumPy and Python values without gradients, on the CPU.

    `module_seen` becomes a dict from the names of its parameters and buffers to tensors; Tagged values that stand for
    nothing (`unsupported`, `detached`, `callable`, `module`, `generator`) stay as they are. Raises Malformed for a
    Tagged whose fields are not what its kind needs: the other side may be lying.
    """
    try:
        return _read(value)
    except (KeyError, TypeError, ValueError, RuntimeError, OverflowError) as error:
        raise Malformed(f"fields that do not fit: {type(error).__name__}: {str(error)[:200]}") from error


def _read(value: Value) -> Any:
    if type(value) is list:
        return [_read(item) for item in value]
    if type(value) is tuple:
        return tuple([_read(item) for item in value])
    if type(value) is dict:
        return {key: _read(item) for key, item in value.items()}
    if type(value) is Array:
        return tensor_from(value)
    if type(value) is Tagged and (reader := _READERS.get(value.kind)) is not None:
        return reader(value.fields)
    return value


def meta_tensor_from(fields: dict[str, Value]) -> torch.Tensor:
    """A tensor without data, from the fields of a `meta_tensor`."""
    shape: Any = fields["shape"]
    return pristine.empty(list(shape), dtype=pristine.DTYPE_OF_NAME[str(fields["dtype"])], device="meta")


def dtype_from(fields: dict[str, Value]) -> torch.dtype:
    """The torch dtype that a `dtype` names."""
    return _DTYPES[str(fields["name"])]


def data_of(fields: dict[str, Value]) -> Array:
    """The numbers of a `tensor`, `ndarray` or `numpy_scalar`."""
    data = fields["data"]
    if type(data) is not Array:
        raise TypeError("no array where one must be")
    return data


def _read_module(fields: dict[str, Value]) -> dict[str, Any]:
    members: Any = [*cast("list[Any]", fields["parameters"]), *cast("list[Any]", fields["buffers"])]
    return {str(member["name"]): _read(member["value"]) for member in members}


_READERS: dict[str, Callable[[dict[str, Value]], Any]] = {
    "tensor": lambda fields: tensor_from(data_of(fields)),
    "meta_tensor": meta_tensor_from,
    "ndarray": lambda fields: ndarray_from(data_of(fields)),
    "numpy_scalar": lambda fields: ndarray_from(data_of(fields))[()],
    "dtype": dtype_from,
    "device": lambda fields: pristine.device(str(fields["name"])),
    "module_seen": _read_module,
}
