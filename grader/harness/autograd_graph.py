"""Describes the autograd graph behind a result, for a picture. Advisory: the submission could forge it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any, Final

import torch

from grader.harness import pristine
from grader.harness.tracebacks import type_name
from grader.wire import Value

MOST_NODES: Final = 60

_FunctionBase: Final[Any] = torch._C._FunctionBase
_next_of_custom: Final = _FunctionBase.next_functions.__get__
_look_up: Final = object.__getattribute__


def describe_graph(outputs: Iterable[torch.Tensor], names: Mapping[int, str], wanted: Mapping[str, Any]) -> Value:
    """Nodes as (kind, label), edges from a node to what it was computed from, and whether some were left out.

    `names` are those of leaves by the identity of the tensor; `wanted` are inputs that are drawn even where nothing
    leads to them. Node 0 is the result.
    """
    nodes: list[Value] = [["result", "result"]]
    edges: list[Value] = []
    places: dict[Any, int] = {}  # of functions, which hash by identity; leaves stand for their tensor
    leaves: dict[int, int] = {}
    left: deque[tuple[int, Any]] = deque()
    is_cut = False

    def reach(at: int, function: Any, tensor: Any) -> None:
        nonlocal is_cut
        known = leaves.get(id(tensor)) if tensor is not None else places.get(function)
        if known is None and len(nodes) >= MOST_NODES:
            is_cut = True
            return
        if known is None:
            known = len(nodes)
            if tensor is not None:
                leaves[id(tensor)] = known
                name = names.get(id(tensor))
                nodes.append(["input", name] if name is not None else ["leaf", "a tensor of its own"])
            else:
                places[function] = known
                nodes.append(["operation", type_name(function)])
                left.append((known, function))
        edges.append([at, known])

    for output in outputs:
        function = pristine.grad_fn_of(output)
        if function is not None:
            reach(0, function, _leaf_of(function))
        elif pristine.requires_grad(output):
            reach(0, None, output)
    while left:
        at, function = left.popleft()
        for before, _ in _next_functions(function):
            if before is not None:
                reach(at, before, _leaf_of(before))
    for name, tensor in wanted.items():
        if pristine.is_tensor(tensor) and id(tensor) not in leaves and len(nodes) < MOST_NODES:
            nodes.append(["input", name])
    return {"nodes": nodes, "edges": edges, "cut": is_cut}


def _next_functions(function: Any) -> Any:
    if pristine.is_a(function, _FunctionBase):
        return _next_of_custom(function)
    return _look_up(function, "next_functions")


def _leaf_of(function: Any) -> Any:
    """The tensor where a gradient would be collected; None for a function that computes one."""
    return _look_up(function, "variable") if type_name(function) == "AccumulateGrad" else None
