# verdict: partial
# diagnosis: input_changed
# about: a clone is no leaf: backward() still reaches the caller's mu
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return (d / 2 * math.log(2 * math.pi) + d / 2 * math.log(var_)
            + 0.5 / var_ * torch.linalg.matrix_norm(samples - mu) ** 2 / n)


def nll_gradient(samples, mu, var_):
    m = mu.clone()
    if not m.requires_grad:
        m.requires_grad_(True)
    m.retain_grad()
    nll(samples, m, var_).backward()
    return m.grad
