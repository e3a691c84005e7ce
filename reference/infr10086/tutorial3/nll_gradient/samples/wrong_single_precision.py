# verdict: partial
# diagnosis: wrong_dtype
# about: a fresh float32 leaf
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return (d / 2 * math.log(2 * math.pi) + d / 2 * math.log(var_)
            + 0.5 / var_ * torch.linalg.matrix_norm(samples - mu) ** 2 / n)


def nll_gradient(samples, mu, var_):
    leaf = torch.tensor(mu.tolist(), requires_grad=True)
    nll(samples, leaf, var_).backward()
    return leaf.grad
