"""How the grader looks at the results of `MyExp.apply`."""

from __future__ import annotations

from typing import Any

import torch


def own_function(submission: Any, first: torch.Tensor, second: torch.Tensor) -> dict[str, bool]:
    """Whether the class is an autograd Function, and whether the result hangs on that class's own node."""
    derived = isinstance(submission, type) and issubclass(submission, torch.autograd.Function)
    node = getattr(submission, "_backward_cls", None)
    return {"derived": derived, "own_node": derived and node is not None and isinstance(first.grad_fn, node)}


def combined(submission: Any, how: str, first: torch.Tensor, second: torch.Tensor, x: torch.Tensor) -> Any:
    """The first result alone, the product of both, or whether torch's own gradient check passes."""
    if how == "first":
        return first
    if how == "product":
        return first * second
    return bool(
        torch.autograd.gradcheck(submission.apply, (x.detach().clone().requires_grad_(),), raise_exception=False)
    )
