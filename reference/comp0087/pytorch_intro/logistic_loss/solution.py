"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Loss Functions": the logistic loss."""

from __future__ import annotations

from torch import Tensor
from torch.nn.functional import logsigmoid


def logistic_loss(f: Tensor, y: Tensor) -> Tensor:
    """log(1 + exp(-y f)) = -log σ(y f) for every entry, by a routine that never takes a large exponential."""
    return -logsigmoid(y * f)
