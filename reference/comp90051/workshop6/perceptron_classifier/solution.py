"""The perceptron as a classifier (COMP90051, Workshop week 6, "Perceptron training algorithm")."""

from __future__ import annotations

import torch


class PerceptronClassifier:
    """Weights w (n_features,), trained from zero by every fit; a score of 0 predicts +1."""

    def __init__(self, n_features: int) -> None:
        self.w = torch.zeros(n_features)

    def fit(self, X: torch.Tensor, y: torch.Tensor, epochs: int) -> PerceptronClassifier:
        """`epochs` passes over the rows in their order, in each of which every mistake moves the weights."""
        self.w = torch.zeros_like(self.w, dtype=X.dtype)
        for _ in range(epochs):
            for x_i, y_i in zip(X, y, strict=True):
                if _sign(torch.dot(self.w, x_i)) != y_i:
                    self.w += y_i * x_i
        return self

    def predict(self, X: torch.Tensor) -> torch.Tensor:
        """+1 or -1 for every row, in the dtype of the weights."""
        return _sign(torch.mv(X, self.w))


def _sign(s: torch.Tensor) -> torch.Tensor:
    one = torch.ones_like(s)
    return torch.where(s >= 0, one, -one)
