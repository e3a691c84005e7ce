# verdict: partial
# about: descends in float32 and casts the mean back
import math

import torch


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    x, mu = samples.float(), mu0.float().clone().requires_grad_()
    n, d = x.shape
    losses = []
    for _ in range(steps):
        loss = d / 2 * math.log(2 * math.pi * var_) + ((x - mu) ** 2).sum() / (2 * var_ * n)
        losses.append(loss.item())
        (gradient,) = torch.autograd.grad(loss, mu)
        mu = (mu - lr * gradient).detach().requires_grad_()
    return mu.detach().to(mu0.dtype), losses
