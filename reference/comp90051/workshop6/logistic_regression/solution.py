"""COMP90051, Workshop week 6: logistic regression by gradient descent on the mean binary cross entropy."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn


class LogisticRegression(nn.Module):
    """p = σ(Xw + b), starting at w = 0 and b = 0."""

    def __init__(self, n_features: int) -> None:
        super().__init__()
        self.w = nn.Parameter(torch.zeros(n_features))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X: Tensor) -> Tensor:
        """(n, n_features) to the probabilities (n,)."""
        return torch.sigmoid(X @ self.w + self.b)

    def fit(self, X: Tensor, y: Tensor, lr: float, epochs: int) -> list[float]:
        """Full-batch gradient descent; the loss is computed from the scores, where no logarithm can overflow."""
        losses = []
        for _ in range(epochs):
            loss = F.binary_cross_entropy_with_logits(X @ self.w + self.b, y)
            gradients = torch.autograd.grad(loss, (self.w, self.b))
            with torch.no_grad():
                for parameter, gradient in zip((self.w, self.b), gradients, strict=True):
                    parameter.sub_(lr * gradient)
            losses.append(loss.item())
        return losses
