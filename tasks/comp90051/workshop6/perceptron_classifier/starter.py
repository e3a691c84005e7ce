from __future__ import annotations

import torch


class PerceptronClassifier:
    """A perceptron with the weights w (n_features,), zero at the start."""

    def __init__(self, n_features: int) -> None:
        raise NotImplementedError

    def fit(self, X: torch.Tensor, y: torch.Tensor, epochs: int) -> PerceptronClassifier:
        """Train from zero on the rows of X (n, n_features) with labels y (n,) of 1 and -1. Returns the object itself."""
        raise NotImplementedError

    def predict(self, X: torch.Tensor) -> torch.Tensor:
        """The classes, 1 or -1, of the rows of X (n, n_features), (n,)."""
        raise NotImplementedError
