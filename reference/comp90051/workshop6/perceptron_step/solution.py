"""One step of the perceptron's training algorithm (COMP90051, Workshop week 6, lines 3 to 8 of the pseudocode)."""

from __future__ import annotations

import torch


def perceptron_step(w: torch.Tensor, x: torch.Tensor, y: int, eta: float) -> torch.Tensor:
    """w + eta y x after a wrong prediction, else w; a score of 0 predicts +1."""
    prediction = 1 if torch.dot(w, x) >= 0 else -1
    return w if prediction == y else w + eta * y * x
