"""Programs that make a tensor: leaves, and operations on what there is so far (see `run` in probe.py)."""

from __future__ import annotations

from typing import Any

import torch

UNARY = ("neg", "sin", "tanh")
BINARY = ("add", "sub", "mul")


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """a * b + a."""
    leaves = [torch.tensor(2.0, requires_grad=True), torch.tensor(3.0, requires_grad=True)]
    return {"leaves": leaves, "program": [["mul", 0, 1], ["add", 2, 0]]}


def loss(rng: torch.Generator) -> dict[str, Any]:
    """The cross entropy of w @ x for class 0; w alone requires a gradient."""
    w = torch.tensor([[4.0, 5.0, 6.0], [7.0, 8.0, 9.0]], requires_grad=True)
    program = [["mv", 0, 1], ["logsumexp", 2], ["first", 2], ["sub", 3, 4]]
    return {"leaves": [w, torch.tensor([1.0, 2.0, 3.0])], "program": program}


def no_graph(rng: torch.Generator, tracked: bool) -> dict[str, Any]:
    """A leaf, with or without requires_grad."""
    return {"leaves": [torch.randn(3, generator=rng).requires_grad_(tracked)], "program": []}


def constants(rng: torch.Generator) -> dict[str, Any]:
    """A result that was computed from tensors without requires_grad alone."""
    return {"leaves": [torch.randn(3, generator=rng), torch.randn(3, generator=rng)], "program": [["mul", 0, 1]]}


def one_node(rng: torch.Generator) -> dict[str, Any]:
    """A single operation on a single leaf."""
    return {"leaves": [torch.randn(3, generator=rng, requires_grad=True)], "program": [[_choice(rng, UNARY), 0]]}


def shared(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """A product of two leaves, n operations that start from it, then the product once more, and a constant."""
    leaves = [torch.randn(2, generator=rng, dtype=dtype) for _ in range(3)]
    program: list[list[Any]] = [["mul", 0, 1]]
    last = 3
    for _ in range(n):
        if int(torch.randint(0, 2, (), generator=rng)):
            program.append([_choice(rng, UNARY), last])
        else:
            program.append([_choice(rng, BINARY), last, int(torch.randint(0, last, (), generator=rng))])
        last += 1
    program += [["add", last, 3], ["mul", last + 1, 2], ["sum", last + 2]]
    return {"leaves": [leaf.requires_grad_(at < 2) for at, leaf in enumerate(leaves)], "program": program}


def used_twice(rng: torch.Generator, levels: int) -> dict[str, Any]:
    """x + x, and the same with the result, again and again."""
    leaves = [torch.randn(2, generator=rng, requires_grad=True)]
    return {"leaves": leaves, "program": [[_choice(rng, BINARY), at, at] for at in range(levels)]}


def two_outputs(rng: torch.Generator, dtype: torch.dtype) -> dict[str, Any]:
    """An operation with two results, which meet again."""
    leaves = [torch.randn(2, generator=rng, dtype=dtype).requires_grad_()]
    return {"leaves": leaves, "program": [["unbind", 0], [_choice(rng, UNARY), 1], [_choice(rng, BINARY), 3, 2]]}


def own_function(rng: torch.Generator) -> dict[str, Any]:
    """A graph with a node of a class that is written in Python."""
    leaves = [torch.randn(2, generator=rng, requires_grad=True)]
    return {"leaves": leaves, "program": [[_choice(rng, UNARY), 0], ["cube", 1], ["add", 2, 1], ["sum", 3]]}


def additions(rng: torch.Generator, n: int, tracked: bool) -> dict[str, Any]:
    """x + y + y + … with n additions; y with or without requires_grad."""
    leaves = [torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=tracked)]
    return {"leaves": leaves, "program": [["chain", n, 0, 1]]}


def _choice(rng: torch.Generator, names: tuple[str, ...]) -> str:
    return names[int(torch.randint(0, len(names), (), generator=rng))]
