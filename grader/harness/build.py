"""The inputs of a call as the submission receives them: wire values to live tensors, modules and callables."""

from __future__ import annotations

from collections.abc import Callable, Collection
from types import ModuleType
from typing import Any, cast

import torch

from grader.errors import AuthorFault
from grader.harness import pristine
from grader.harness.callables import CallLog, recorded
from grader.harness.from_wire import data_of, dtype_from, meta_tensor_from, ndarray_from, tensor_from
from grader.harness.load_submission import PROBE_FILE
from grader.harness.modules import CONTAINERS, KINDS, is_module, members
from grader.wire import DEFAULT_BOUNDS, Array, Bounds, Tagged, Value

_Fields = dict[str, Any]


def build_inputs(
    inputs: dict[str, Value], probe: ModuleType | None, logged: Collection[str] = (), bounds: Bounds = DEFAULT_BOUNDS
) -> tuple[dict[str, Any], dict[str, CallLog]]:
    """Fresh objects for every input, and the logs of the callables named in `logged`.

    Raises AuthorFault for values that no input can be, and for factories of probe.py that are missing or fail.
    """
    built: dict[str, Any] = {}
    logs: dict[str, CallLog] = {}
    for name, value in inputs.items():
        try:
            built[name] = build(value, probe)
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            raise AuthorFault(f"the input `{name}` cannot be built: {type(error).__name__}: {error}") from error
        if name in logged:
            if not callable(built[name]):
                raise AuthorFault(f"the input `{name}` is not a callable, so it has no calls to log")
            logs[name] = CallLog(bounds)
            # A module stays what it is: a function in its place would have no parameters.
            if not is_module(built[name]):
                built[name] = recorded(built[name], logs[name])
    return built, logs


def build(value: Value, probe: ModuleType | None = None) -> Any:
    """One live object. Raises AuthorFault, KeyError, TypeError, ValueError or RuntimeError for what cannot be built."""
    if type(value) is list:
        return [build(item, probe) for item in value]
    if type(value) is tuple:
        return tuple([build(item, probe) for item in value])
    if type(value) is dict:
        return {key: build(item, probe) for key, item in value.items()}
    if type(value) is Array:
        return tensor_from(value)
    if type(value) is not Tagged:
        return value
    if value.kind == "callable":
        return _callable(value.fields, probe)
    builder = _BUILDERS.get(value.kind)
    if builder is None:
        raise TypeError(f"an input of kind {value.kind}")
    return builder(value.fields)


def _tensor(fields: _Fields) -> torch.Tensor:
    tensor = tensor_from(data_of(fields), fields.get("device", "cpu"))
    if fields.get("noncontiguous"):
        tensor = _spread(tensor)
    wants_grad = fields.get("requires_grad", False)
    if fields.get("parameter"):
        return pristine.Parameter(tensor, requires_grad=wants_grad)
    if wants_grad:
        pristine.requires_grad_(tensor)
    if fields.get("attached"):
        # What a step made, handed on as a value: behind a graph as it was, so that it may be changed in place.
        return pristine.clone(tensor)  # type: ignore[no-any-return]
    return tensor


def _spread(tensor: torch.Tensor) -> torch.Tensor:
    """The same values with a gap after each entry and each row, so that no `view` can flatten it; not a view itself."""
    shape = pristine.shape_of(tensor)
    strides: list[int] = []
    stride = 2
    for length in reversed(shape):
        strides.insert(0, stride)
        stride = stride * max(length, 1) + 1
    spread = pristine.empty_strided(shape, strides, dtype=pristine.dtype_of(tensor), device=pristine.device_of(tensor))
    pristine.copy_into(spread, tensor)
    return spread


def _meta_tensor(fields: _Fields) -> torch.Tensor:
    tensor = meta_tensor_from(fields)
    if fields.get("requires_grad"):
        pristine.requires_grad_(tensor)
    return tensor


def _module(fields: _Fields) -> torch.nn.Module:
    module = _bare_module(fields)
    state = cast("dict[str, Any]", fields.get("state", {}))
    built: dict[str, torch.Tensor] = {}
    for member in list(members(module)):
        if (stored := state.get(member.name)) is None:
            continue
        # A name instead of a tensor: shared with the entry of that name.
        tensor = built[stored] if type(stored) is str else _tensor(stored.fields)
        if member.is_parameter and type(tensor) is not pristine.Parameter:
            tensor = pristine.Parameter(tensor, requires_grad=pristine.requires_grad(tensor))
        built[member.name] = tensor
        member.owner[member.key] = tensor
    return module


def _bare_module(fields: _Fields) -> torch.nn.Module:
    kind, params = fields["kind"], fields.get("params", {})
    if kind in CONTAINERS:
        children = {name: _bare_module(child.fields) for name, child in params["children"]}
        module = CONTAINERS[kind]()
        for name, child in children.items():
            module.add_module(name, child)
    elif kind in KINDS:
        module = KINDS[kind][0](**params)
    else:
        raise TypeError(f"a module of kind {kind}")
    module.training = fields.get("training", True)
    return module


def _callable(fields: _Fields, probe: ModuleType | None) -> Any:
    name = fields["name"]
    factory = getattr(probe, name, None)
    if factory is None:
        raise AuthorFault(f"there is no factory called `{name}`", where=PROBE_FILE, key=name)
    params = {key: build(item, probe) for key, item in fields.get("params", {}).items()}
    try:
        return factory(**params)
    except Exception as error:
        raise AuthorFault(f"{type(error).__name__}: {error}", where=PROBE_FILE, key=name) from error


def _generator(fields: _Fields) -> torch.Generator:
    return torch.Generator().manual_seed(fields["seed"])


_BUILDERS: dict[str, Callable[[_Fields], Any]] = {
    "tensor": _tensor,
    "meta_tensor": _meta_tensor,
    "ndarray": lambda fields: ndarray_from(data_of(fields)),
    "numpy_scalar": lambda fields: ndarray_from(data_of(fields))[()],
    "module": _module,
    "dtype": dtype_from,
    "device": lambda fields: pristine.device(fields["name"]),
    "generator": _generator,
}
