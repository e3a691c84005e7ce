"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "PyTorch Training Loop Scaffold"."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy


def train(model: nn.Module, batches: list[tuple[Tensor, Tensor]], lr: float, epochs: int) -> list[float]:
    """One step for each batch; of each epoch the mean of the losses that its batches had before their steps."""
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        total = 0.0
        for x, y in batches:
            optimizer.zero_grad()
            loss = cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item()
        means.append(total / len(batches))
    return means
