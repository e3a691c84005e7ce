"""A linear layer (INFR10086, Tutorial 3, section 3)."""

from __future__ import annotations

from torch import nn


def make_linear(in_features: int, out_features: int) -> nn.Linear:
    """A new layer; its weight (out_features, in_features) and bias (out_features,) are drawn when it is made."""
    return nn.Linear(in_features, out_features)
