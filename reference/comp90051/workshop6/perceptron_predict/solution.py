"""Predictions of a perceptron (COMP90051, Workshop week 6): the signs of the scores, where 0 counts as positive."""

from __future__ import annotations

import torch


def perceptron_predict(w: torch.Tensor, X: torch.Tensor) -> torch.Tensor:
    """+1 where X w >= 0, else -1, in the dtype of w."""
    scores = torch.mv(X, w)
    one = torch.ones_like(scores)
    return torch.where(scores >= 0, one, -one)
