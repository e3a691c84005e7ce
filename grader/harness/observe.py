"""What is looked at after the steps of a call: a function for each row of the table in docs/architecture.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch

from grader.errors import AuthorFault
from grader.harness import pristine
from grader.harness.autograd_graph import describe_graph
from grader.harness.callables import CallLog
from grader.harness.convert import DICTS, SEQUENCES, Converter, plain_type, unsupported
from grader.harness.modules import Member, buffers, is_module, parameters
from grader.harness.tracebacks import SubmissionFault, type_name
from grader.wire import Tagged, Value

GRADIENTS: Final = frozenset(("gradient", "parameter_gradient"))
_MAX_DEPTH = 32
_byte_bounds = np.lib.array_utils.byte_bounds

_FREED: Final = "The graph of the result was freed before it was returned: was .backward() called on it?"

Spec = dict[str, Any]

# An expanded tensor can claim any number of entries; its sum must not be waited for.
MAX_SUMMED_ENTRIES = 2**26


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a call left behind: objects by name, and what was measured during the steps."""

    names: dict[str, Any]
    inputs: dict[str, Value]
    logs: dict[str, CallLog]
    operators: dict[str, int] | None
    random_state: dict[str, bool] | None
    converter: Converter

    def __getitem__(self, name: str) -> Any:
        if name not in self.names:
            raise AuthorFault(f"nothing is called `{name}`: neither an input nor a step has that name")
        return self.names[name]


class RaisedInside(Exception):
    """The submission's own code raised while something was observed; `error` is what it raised."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error


def observe(scene: Scene, spec: Spec) -> Value:
    """The Value that answers one observe entry. Raises RaisedInside, and AuthorFault for a senseless entry."""
    observer = _OBSERVERS.get(spec["what"])
    if observer is None:
        raise AuthorFault(f"nothing can be observed that is called `{spec['what']}`")
    return observer(scene, spec)


def _value(scene: Scene, spec: Spec) -> Value:
    return scene.converter.convert(scene[spec["of"]])


def _gradient(scene: Scene, spec: Spec) -> Value:
    weights = scene[spec["weights"]] if spec.get("weights") else None
    if weights is not None and not pristine.is_tensor(weights):
        raise AuthorFault(f"the weights `{spec['weights']}` are not a tensor")
    return _gradients(scene, spec["of"], {name: scene[name] for name in spec["wrt"]}, weights)


def _parameter_gradient(scene: Scene, spec: Spec) -> Value:
    module = scene[spec["module"]]
    if not is_module(module):
        return unsupported(module, "not a torch.nn.Module")
    return _gradients(scene, spec["of"], {member.name: member.tensor for member in parameters(module)}, None)


def _gradients(scene: Scene, of: str, wrt: dict[str, Any], weights: torch.Tensor | None) -> Value:
    """Gradients of the sum of all floating tensors in a result; None for what it does not depend on."""
    result = scene[of]
    outputs = [t for t in _tensors(result) if pristine.is_floating_point(t) and pristine.requires_grad(t)]
    if not outputs:
        return Tagged("detached", {"type": type_name(result)})
    factors: list[torch.Tensor] = []
    for output in outputs:
        if pristine.numel(output) > MAX_SUMMED_ENTRIES:
            return unsupported(result, "it has too many entries")
        factor = pristine.ones_like(output) if weights is None else _shaped_like(weights, output)
        if factor is None:
            return unsupported(result, "its shape does not go with the weights of the sum")
        factors.append(factor)
    wanted = {name: x for name, x in wrt.items() if pristine.is_tensor(x) and pristine.requires_grad(x)}
    found: dict[Any, Value] = dict.fromkeys(wrt)
    if wanted:
        gradients = _backward(outputs, list(wanted.values()), factors)
        found.update({name: scene.converter.convert(grad) for name, grad in zip(wanted, gradients, strict=True)})
    return found


def _shaped_like(weights: torch.Tensor, output: torch.Tensor) -> torch.Tensor | None:
    shape = pristine.shape_of(output)
    weights = pristine.to(pristine.detach(weights), device=pristine.device_of(output), dtype=pristine.dtype_of(output))
    if pristine.numel(weights) == pristine.numel(output):
        return pristine.reshape(weights, shape)  # type: ignore[no-any-return]
    try:
        return pristine.expand(weights, shape)  # type: ignore[no-any-return]
    except RuntimeError:
        return None


def _backward(
    outputs: list[torch.Tensor], inputs: list[torch.Tensor], factors: list[torch.Tensor]
) -> tuple[torch.Tensor | None, ...]:
    try:
        # The graph is kept: another entry may ask for gradients of the same result.
        return pristine.gradients(outputs, inputs, grad_outputs=factors, retain_graph=True, allow_unused=True)
    except BaseException as error:  # noqa: BLE001 - a backward of the submission may raise anything
        if type(error) is RuntimeError and "backward through the graph a second time" in str(error):
            raise RaisedInside(SubmissionFault("GraphAlreadyFreed", _FREED)) from None
        raise RaisedInside(error) from None


def _graph(scene: Scene, spec: Spec) -> Value:
    names: dict[int, str] = {}
    for name, obj in scene.names.items():
        if is_module(obj):
            names.update((id(member.tensor), f"{name}.{member.name}") for member in parameters(obj))
        elif pristine.is_tensor(obj):
            names.setdefault(id(obj), name)
    outputs = (tensor for tensor in _tensors(scene[spec["of"]]) if pristine.requires_grad(tensor))
    return describe_graph(outputs, names, {name: scene[name] for name in spec["wrt"]})


def _state(scene: Scene, spec: Spec) -> Value:
    return _module_seen(scene, scene[spec["of"]])


def _module_seen(scene: Scene, module: Any) -> Value:
    if not is_module(module):
        return unsupported(module, "not a torch.nn.Module")

    def seen(member: Member) -> dict[Any, Value]:
        value = scene.converter.convert(member.tensor)
        trainable = pristine.is_tensor(member.tensor) and pristine.requires_grad(member.tensor)
        return {"name": member.name, "value": value, "requires_grad": trainable}

    fields: dict[str, Value] = {
        "type": type_name(module),
        "parameters": [seen(member) for member in parameters(module)],
        "buffers": [seen(member) for member in buffers(module)],
        "training": _training_flag(module),
    }
    return Tagged("module_seen", fields)


def _training_flag(module: Any) -> bool:
    return bool(object.__getattribute__(module, "__dict__").get("training", True))


def _attribute(scene: Scene, spec: Spec) -> Value:
    obj = scene[spec["of"]]
    try:
        found = getattr(obj, spec["name"])
    except BaseException as error:  # noqa: BLE001 - a property of the submission may raise anything
        raise RaisedInside(error) from None
    return scene.converter.convert(found)


def _input(scene: Scene, spec: Spec) -> Value:
    name = spec["of"]
    obj, original = scene[name], scene.inputs.get(name)
    if is_module(obj):
        return {"value": _module_seen(scene, obj)}
    if type(original) is Tagged and original.kind in {"callable", "generator"}:
        return {"value": original}  # they have no value to compare
    value = scene.converter.convert(obj)
    if not pristine.is_tensor(obj):
        return {"value": value}
    # Changed in place, an input may have become part of a graph; torch then warns when it is asked for a gradient.
    grad = scene.converter.convert(pristine.grad_of(obj)) if pristine.is_leaf(obj) else None
    return {"value": value, "grad": grad, "requires_grad": pristine.requires_grad(obj)}


def _operators(scene: Scene, _spec: Spec) -> Value:
    return dict(scene.operators or {})


def _random_state(scene: Scene, _spec: Spec) -> Value:
    return dict(scene.random_state or {})


def _log(scene: Scene, spec: Spec) -> Value:
    return list(scene.logs[spec["of"]].calls)


def _same(scene: Scene, spec: Spec) -> Value:
    return scene[spec["a"]] is scene[spec["b"]]


def _alias(scene: Scene, spec: Spec) -> Value:
    ours, theirs = list(_extents(scene[spec["a"]])), list(_extents(scene[spec["b"]]))
    return any(low < end and start < high for low, high in ours for start, end in theirs)


def _training(scene: Scene, spec: Spec) -> Value:
    module = scene[spec["of"]]
    return _training_flag(module) if is_module(module) else unsupported(module, "not a torch.nn.Module")


def _isinstance(scene: Scene, spec: Spec) -> Value:
    """Of a class that was handed in, rather than an object of it: whether it is a subclass."""
    obj = scene[spec["of"]]
    wanted: Any = torch
    for part in spec["class"].removeprefix("torch.").split("."):
        wanted = getattr(wanted, part, None)
    if wanted is None:
        raise AuthorFault(f"torch has no class `{spec['class']}`")
    return issubclass(obj, wanted) if pristine.is_a(obj, type) else pristine.is_a(obj, wanted)


_OBSERVERS: dict[str, Callable[[Scene, Spec], Value]] = {
    "value": _value,
    "gradient": _gradient,
    "parameter_gradient": _parameter_gradient,
    "graph": _graph,
    "state": _state,
    "attribute": _attribute,
    "input": _input,
    "operators": _operators,
    "random_state": _random_state,
    "log": _log,
    "same": _same,
    "alias": _alias,
    "training": _training,
    "isinstance": _isinstance,
}


def _tensors(obj: Any) -> Iterator[torch.Tensor]:
    return (leaf for leaf in _leaves(obj, _MAX_DEPTH) if pristine.is_tensor(leaf))


def _leaves(obj: Any, depth: int) -> Iterator[Any]:
    """Everything in lists, tuples and dicts."""
    kind = plain_type(obj)
    if depth > 0 and (kind in SEQUENCES or kind in DICTS):
        items = dict.values(obj) if kind in DICTS else obj if kind is list else tuple.__iter__(obj)
        for item in list(items):
            yield from _leaves(item, depth - 1)
    else:
        yield obj


def _extents(obj: Any) -> Iterator[tuple[int, int]]:
    """First address and end of the memory behind every tensor and array."""
    for leaf in _leaves(obj, _MAX_DEPTH):
        if pristine.is_tensor(leaf):
            yield from _storage(leaf)
        elif type(leaf) is np.ndarray and leaf.size:
            yield _byte_bounds(leaf)


def _storage(tensor: torch.Tensor) -> Iterator[tuple[int, int]]:
    try:
        storage = pristine.untyped_storage(tensor)
        start = storage.data_ptr()
    except (RuntimeError, NotImplementedError):
        return  # sparse, or of a transform: it has no memory of its own to share
    if start:
        yield start, start + storage.nbytes()
