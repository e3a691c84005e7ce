"""Makes the tensors whose graphs a submission walks through: a graph does not travel, so it is made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch


class Cube(torch.autograd.Function):
    """x³ with a backward of its own."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
        """The value."""
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx: Any, *grad_outputs: torch.Tensor) -> torch.Tensor:
        """The gradient."""
        (x,) = ctx.saved_tensors
        return 3 * grad_outputs[0] * x**2


OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "neg": torch.neg,
    "sin": torch.sin,
    "tanh": torch.tanh,
    "sum": torch.sum,
    "mv": torch.mv,
    "logsumexp": lambda x: torch.logsumexp(x, dim=0),
    "first": lambda x: x[0],
    "unbind": torch.unbind,
    "cube": Cube.apply,
}

# While Python holds a node it is the same object whenever it is asked for. Walks that compare id() may rely on that.
_nodes: list[Any] = []


def run(submission: Any, leaves: list[torch.Tensor], program: list[list[Any]]) -> torch.Tensor:
    """The last value of a program: each line is an operation and the places of its operands, leaves first.

    A line ["chain", n, i, j] adds value j to value i, n times.
    """
    values = list(leaves)
    for name, *places in program:
        if name == "chain":
            values.append(_chain(places[0], values[places[1]], values[places[2]]))
            continue
        result = OPERATIONS[name](*(values[place] for place in places))
        values.extend(result if isinstance(result, tuple) else [result])
        _hold(values[-1])
    return values[-1]


def _chain(n: int, value: torch.Tensor, step: torch.Tensor) -> torch.Tensor:
    for _ in range(n):
        value = value + step
        _hold(value)
    return value


def _hold(value: torch.Tensor) -> None:
    if value.grad_fn is not None:
        _nodes.append(value.grad_fn)
        _nodes.extend(before for before, _ in value.grad_fn.next_functions)
