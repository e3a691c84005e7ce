"""The pieces of torch that the harness itself uses, held from before the first line of a submission ran.

A submission may patch `torch.Tensor.detach` or override it on one tensor; what the harness reads is read by these.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import torch
from torch.utils import _device

from grader.wire import ITEM_BYTES

Tensor: Final = torch.Tensor
Parameter: Final = torch.nn.Parameter
Module: Final = torch.nn.Module
TensorBase: Final[Any] = torch._C.TensorBase

DTYPE_OF_NAME: Final[dict[str, torch.dtype]] = {name: getattr(torch, name) for name in ITEM_BYTES}
NAME_OF_DTYPE: Final[dict[torch.dtype, str]] = {dtype: name for name, dtype in DTYPE_OF_NAME.items()}

# Read a property with `device_of(tensor)`, call a method with `detach(tensor)`: nothing is looked up on the instance.
device_of: Final = TensorBase.device.__get__
dtype_of: Final = TensorBase.dtype.__get__
shape_of: Final = TensorBase.shape.__get__
layout_of: Final = TensorBase.layout.__get__
grad_of: Final = TensorBase.grad.__get__
grad_fn_of: Final = TensorBase.grad_fn.__get__
is_leaf: Final = TensorBase.is_leaf.__get__
is_nested: Final = TensorBase.is_nested.__get__
is_quantized: Final = TensorBase.is_quantized.__get__
requires_grad: Final = TensorBase.requires_grad.__get__
copy_into: Final = TensorBase.copy_
detach: Final = TensorBase.detach
clone: Final = TensorBase.clone
element_bytes: Final = TensorBase.element_size
expand: Final = TensorBase.expand
is_conj: Final = TensorBase.is_conj
is_contiguous: Final = TensorBase.is_contiguous
is_floating_point: Final = TensorBase.is_floating_point
is_neg: Final = TensorBase.is_neg
numel: Final = TensorBase.numel
requires_grad_: Final = TensorBase.requires_grad_
reshape: Final = TensorBase.reshape
resolve_conj: Final = TensorBase.resolve_conj
resolve_neg: Final = TensorBase.resolve_neg
stride: Final = TensorBase.stride
to: Final = TensorBase.to
to_cpu: Final = TensorBase.cpu
to_numpy: Final = TensorBase.numpy
untyped_storage: Final = TensorBase.untyped_storage
view: Final = TensorBase.view
is_transformed: Final = torch._C._functorch.is_functorch_wrapped_tensor

device: Final = torch.device
empty: Final = torch.empty
empty_strided: Final = torch.empty_strided
from_buffer: Final = torch.frombuffer
gradients: Final = torch.autograd.grad
no_grad: Final = torch.no_grad
ones_like: Final = torch.ones_like
convert_module: Final = Module.to
strided: Final = torch.strided
default_generator: Final[torch.Generator] = torch.default_generator

_mro_of: Final = vars(type)["__mro__"].__get__

_no_function_modes: Final = torch._C.DisableTorchFunction
_no_dispatch_modes: Final = torch._C._DisableTorchDispatch
_set_grad_enabled: Final = torch._C._set_grad_enabled
_set_default_dtype: Final = torch._C._set_default_dtype
_set_anomaly_enabled: Final = torch.set_anomaly_enabled
_get_num_threads: Final = torch.get_num_threads
_set_num_threads: Final = torch.set_num_threads
_get_deterministic: Final = torch._C._get_deterministic_algorithms
_set_deterministic: Final = torch._C._set_deterministic_algorithms
_function_modes: Final = torch._C._len_torch_function_stack
_pop_function_mode: Final = torch._C._pop_torch_function_stack
_dispatch_modes: Final = torch._C._len_torch_dispatch_stack
_pop_dispatch_mode: Final = torch._C._pop_torch_dispatch_stack
_device_context: Final[Any] = torch._GLOBAL_DEVICE_CONTEXT
_get_recursion_limit: Final = sys.getrecursionlimit
_set_recursion_limit: Final = sys.setrecursionlimit

_OWN_RECURSION: Final = 1000  # what the harness needs for itself, whatever a submission leaves


def is_a(obj: object, cls: type) -> bool:
    """As isinstance, but neither the object nor its metaclass is asked."""
    return any(base is cls for base in _mro_of(type(obj)))


def is_tensor(obj: object) -> bool:
    """Whether it is a tensor, of a subclass too."""
    return is_a(obj, TensorBase)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Inside, no mode of a submission (default device, dispatch mode) sees what the harness does."""
    with _no_function_modes(), _no_dispatch_modes():
        yield


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The global settings as they were when this was made; `restore` undoes what a submission left behind."""

    threads: int = field(default_factory=_get_num_threads)
    deterministic: bool = field(default_factory=_get_deterministic)
    builtins: dict[str, Any] = field(default_factory=lambda: dict(vars(builtins)))

    def restore(self) -> None:
        """Grad mode on, float32, no modes, no default device, and threads, determinism and builtins as they were."""
        vars(builtins).update(self.builtins)
        _set_recursion_limit(max(_get_recursion_limit(), _OWN_RECURSION))
        while _function_modes():
            _pop_function_mode()
        while _dispatch_modes():
            _pop_dispatch_mode(None)
        if getattr(_device_context, "device_context", None) is not None:
            _device_context.device_context = None
            _device.CURRENT_DEVICE = None
        _set_grad_enabled(True)
        _set_default_dtype(torch.float32)
        _set_anomaly_enabled(False)
        if _get_num_threads() != self.threads:
            _set_num_threads(self.threads)
        if _get_deterministic() != self.deterministic:
            _set_deterministic(self.deterministic)
