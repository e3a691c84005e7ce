"""CS5242, Tutorial 2, Q4: the same cell executed k times."""

from __future__ import annotations

from torch import Tensor


def repeated_backward(w: Tensor, b: Tensor, x: Tensor, y_true: Tensor, k: int) -> tuple[list[float], list[Tensor]]:
    """Every pass adds to the gradient; a snapshot is a copy, as the next pass changes the gradient in place."""
    losses: list[float] = []
    snapshots: list[Tensor] = []
    for _ in range(k):
        loss = (x @ w + b - y_true).square().sum()
        loss.backward()
        losses.append(loss.item())
        assert w.grad is not None
        snapshots.append(w.grad.clone())
    return losses, snapshots
