# verdict: partial
# diagnosis: input_changed
# about: the gradient is also left in mu.grad
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return (d / 2 * math.log(2 * math.pi) + d / 2 * math.log(var_)
            + 0.5 / var_ * torch.linalg.matrix_norm(samples - mu) ** 2 / n)


def nll_gradient(samples, mu, var_):
    if not mu.requires_grad:
        mu = mu.clone().requires_grad_(True)
    nll(samples, mu, var_).backward()
    return mu.grad
