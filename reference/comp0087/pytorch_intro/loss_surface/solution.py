"""COMP0087, "Introduction to Machine Learning with PyTorch", slides "Loss Landscapes in the Wild": with two weights."""

from __future__ import annotations

from torch import Tensor


def loss_surface(X: Tensor, y: Tensor, w1s: Tensor, w2s: Tensor) -> Tensor:
    """The mean over the samples, which are the last dimension of the predictions."""
    predictions = w1s[:, None, None] * X[:, 0] + w2s[:, None] * X[:, 1]
    return (predictions - y).square().mean(dim=-1)
