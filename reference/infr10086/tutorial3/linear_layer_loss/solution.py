"""Cross entropy of one example under a linear layer (INFR10086, Tutorial 3, section 3)."""

from __future__ import annotations

import torch
from torch.nn.functional import cross_entropy


def linear_layer_loss(layer: torch.nn.Linear, x_i: torch.Tensor, y_i: torch.Tensor) -> torch.Tensor:
    """logsumexp(s) - s[y_i] with s = layer(x_i), as a scalar that the layer's parameters can be differentiated by."""
    return cross_entropy(layer(x_i), y_i)
