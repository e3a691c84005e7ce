"""Probability of class +1 from one weight vector a class (INFR10086, Tutorial 3, section 3, eq. (9))."""

from __future__ import annotations

import torch


def softmax_probability(w_pos: torch.Tensor, w_neg: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """The logistic function of the gap between the two scores."""
    return torch.sigmoid(torch.dot(w_pos, x) - torch.dot(w_neg, x))
