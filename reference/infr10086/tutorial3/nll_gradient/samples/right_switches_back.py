# verdict: accepted
# about: uses mu itself and puts everything back
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return (d / 2 * math.log(2 * math.pi) + d / 2 * math.log(var_)
            + 0.5 / var_ * torch.linalg.matrix_norm(samples - mu) ** 2 / n)


def nll_gradient(samples, mu, var_):
    flag = mu.requires_grad
    mu.requires_grad_(True)
    try:
        return torch.autograd.grad(nll(samples, mu, var_), mu)[0]
    finally:
        mu.requires_grad_(flag)
