"""One pass of stochastic gradient descent with a linear layer (INFR10086, Tutorial 3, section 3)."""

from __future__ import annotations

import torch
from torch.nn.functional import cross_entropy


def train_linear(layer: torch.nn.Linear, xs: torch.Tensor, ys: torch.Tensor, lr: float) -> list[float]:
    """The losses of the samples in their order, each before its update θ <- θ - lr ∇θ; trains the layer in place."""
    parameters = list(layer.parameters())
    losses = []
    for x_i, y_i in zip(xs, ys, strict=True):
        loss = cross_entropy(layer(x_i), y_i)
        losses.append(loss.item())
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter.sub_(lr * gradient)
    return losses
