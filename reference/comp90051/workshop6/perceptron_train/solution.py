"""The perceptron's training algorithm (COMP90051, Workshop week 6), several times over the rows in their order."""

from __future__ import annotations

import torch


def perceptron_train(X: torch.Tensor, y: torch.Tensor, w0: torch.Tensor, epochs: int) -> tuple[torch.Tensor, list[int]]:
    """(w, mistakes): the final weights and the number of mistakes in each epoch; a score of 0 predicts +1."""
    w = w0.clone()
    mistakes = []
    for _ in range(epochs):
        count = 0
        for x_i, y_i in zip(X, y, strict=True):
            prediction = 1 if torch.dot(w, x_i) >= 0 else -1
            if prediction != y_i:
                w += y_i * x_i
                count += 1
        mistakes.append(count)
    return w, mistakes
