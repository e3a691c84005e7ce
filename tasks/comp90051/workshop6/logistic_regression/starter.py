import torch
from torch import nn


class LogisticRegression(nn.Module):
    """Logistic regression with parameters w (n_features,) and b (1,), both zero at the start."""

    def __init__(self, n_features: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """X: (n, n_features). Returns the probabilities of class 1, (n,)."""
        raise NotImplementedError

    def fit(self, X: torch.Tensor, y: torch.Tensor, lr: float, epochs: int) -> list[float]:
        """Gradient descent on the mean binary cross entropy; y: (n,) of 0 and 1. Returns the loss before each update."""
        raise NotImplementedError
