"""Log loss of a linear classifier with labels of +1 and -1 (INFR10086, Tutorial 3, section 3, eq. (5))."""

from __future__ import annotations

import torch
from torch.nn.functional import logsigmoid


def log_loss(X: torch.Tensor, y: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
    """Σᵢ −log σ(yᵢ wᵀxᵢ); logsigmoid and its derivative are finite for every margin."""
    return -logsigmoid(y * (X @ w)).sum()
