# verdict: accepted
# about: torch.func.grad, then a check against the formula
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return (d / 2 * math.log(2 * math.pi) + d / 2 * math.log(var_)
            + 0.5 / var_ * torch.linalg.matrix_norm(samples - mu) ** 2 / n)


def nll_gradient(xs, m, v):
    g = torch.func.grad(lambda z: nll(xs, z, v))(m.detach())
    assert torch.allclose(g, (m - xs.mean(0)) / v, rtol=1e-3, atol=1e-4)
    return g
