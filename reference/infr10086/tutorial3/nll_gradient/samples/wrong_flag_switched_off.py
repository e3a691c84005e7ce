# verdict: partial
# diagnosis: input_changed
# about: switches requires_grad off at the end, whatever it was
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return (d / 2 * math.log(2 * math.pi) + d / 2 * math.log(var_)
            + 0.5 / var_ * torch.linalg.matrix_norm(samples - mu) ** 2 / n)


def nll_gradient(samples, mu, var_):
    mu.requires_grad_(True)
    g, = torch.autograd.grad(nll(samples, mu, var_), [mu])
    mu.requires_grad_(False)
    return g
