"""Cross entropy of one example, written with an indicator (INFR10086, Tutorial 3, section 3, eq. (7))."""

from __future__ import annotations

import torch
from torch.nn.functional import logsigmoid


def indicator_cross_entropy(y: int, w: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """-log p(y=1|x) or -log p(y=-1|x), whichever the indicator picks."""
    score = torch.dot(w, x)
    return -logsigmoid(score) if y == 1 else -logsigmoid(-score)
