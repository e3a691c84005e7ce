"""What a question's cases.py made, as wire values that `build` turns into the same in the submission's process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from grader.author import Described, Noncontiguous
from grader.errors import AuthorFault
from grader.harness.convert import Converter
from grader.harness.modules import CONTAINERS, KIND_OF_CLASS, KINDS, is_module, members
from grader.wire import DEFAULT_BOUNDS, Bounds, Tagged, Value

_CASES_FILE = "cases.py"


def describe_inputs(inputs: dict[str, Any], bounds: Bounds = DEFAULT_BOUNDS) -> dict[str, Value]:
    """The inputs of a call. Raises AuthorFault, which names the input, for what cannot travel."""
    return {name: describe(obj, bounds, name=name) for name, obj in inputs.items()}


def describe(obj: Any, bounds: Bounds = DEFAULT_BOUNDS, *, name: str = "value") -> Value:
    """One input. Raises AuthorFault for what cannot travel; `name` says which input it was."""
    return _Describer(bounds, name).value(obj)


class _Describer:
    def __init__(self, bounds: Bounds, name: str) -> None:
        self._converter = Converter(bounds)
        self._name = name
        self._above: list[int] = []

    def value(self, obj: Any) -> Value:
        if (special := _SPECIAL.get(type(obj))) is not None:
            return special(self, obj)
        if type(obj) in {list, tuple, dict}:
            return self._container(obj)
        if is_module(obj):
            return self._module(obj)
        return self._plain(obj)

    def _fault(self, why: str) -> AuthorFault:
        return AuthorFault(f"the input `{self._name}` cannot be handed to a submission: {why}", where=_CASES_FILE)

    def _plain(self, obj: Any) -> Value:
        value = self._converter.convert(obj)
        if type(value) is Tagged and value.kind == "unsupported":
            raise self._fault(f"{value.fields['type']!s}: {value.fields['why']!s}")
        return value

    def _container(self, obj: Any) -> Value:
        if id(obj) in self._above:
            raise self._fault("a container that holds itself")
        self._above.append(id(obj))
        try:
            if type(obj) is dict:
                for key in obj:
                    self._plain({key: None})
                return {key: self.value(item) for key, item in obj.items()}
            items = [self.value(item) for item in obj]
            return items if type(obj) is list else tuple(items)
        finally:
            self._above.pop()

    def _tensor(self, obj: torch.Tensor) -> Tagged:
        if not obj.is_leaf:
            raise self._fault("a tensor that is not a leaf; detach it, then set requires_grad")
        if obj.grad is not None:
            raise self._fault("a tensor that carries a gradient")
        value = self._plain(obj)
        assert isinstance(value, Tagged)
        wanted = ("data", "dtype", "shape", "requires_grad", "parameter", "device")
        return Tagged(value.kind, {key: item for key, item in value.fields.items() if key in wanted})

    def _noncontiguous(self, obj: Noncontiguous) -> Tagged:
        described = self._tensor(obj.tensor)
        return Tagged(described.kind, {**described.fields, "noncontiguous": True})

    def _callable(self, obj: Described) -> Tagged:
        params: dict[str, Value] = {key: self.value(item) for key, item in obj.params.items()}
        return Tagged("callable", {"name": obj.name, "params": params})

    def _generator(self, obj: torch.Generator) -> Tagged:
        return Tagged("generator", {"seed": obj.initial_seed()})

    def _module(self, obj: torch.nn.Module) -> Tagged:
        described = self._bare_module(obj)
        state: dict[str, Value] = {}
        names: dict[int, str] = {}
        for member in members(obj):
            shared_with = names.setdefault(id(member.tensor), member.name)
            # A name instead of a tensor: shared with the entry of that name.
            state[member.name] = self._tensor(member.tensor) if shared_with == member.name else shared_with
        return Tagged("module", {**described.fields, "state": state})

    def _bare_module(self, obj: torch.nn.Module) -> Tagged:
        kind = KIND_OF_CLASS.get(type(obj))
        if kind is None:
            raise self._fault(
                f"a module of class {type(obj).__name__}; only {', '.join([*KINDS, *CONTAINERS])} travel. "
                'Write a factory into probe.py and use described("…")'
            )
        if obj._forward_hooks or obj._forward_pre_hooks or obj._backward_hooks:
            raise self._fault("a module with hooks")
        params: dict[str, Value]
        if kind in CONTAINERS:
            children: list[Value] = [[name, self._bare_module(child)] for name, child in obj._modules.items() if child]
            params = {"children": children}
        else:
            params = {name: self._argument(obj, name) for name in KINDS[kind][1]}
        return Tagged("module", {"kind": kind, "params": params, "training": obj.training})

    def _argument(self, obj: torch.nn.Module, name: str) -> Value:
        """Of `bias` the constructor wants to know whether, not what."""
        return getattr(obj, name) is not None if name == "bias" else self._plain(getattr(obj, name))


_SPECIAL: dict[type, Callable[[_Describer, Any], Value]] = {
    torch.Tensor: _Describer._tensor,
    torch.nn.Parameter: _Describer._tensor,
    Noncontiguous: _Describer._noncontiguous,
    Described: _Describer._callable,
    torch.Generator: _Describer._generator,
}
