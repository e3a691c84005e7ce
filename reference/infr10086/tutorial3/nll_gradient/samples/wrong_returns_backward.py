# verdict: wrong_answer
# diagnosis: none_returned
# about: backward() returns None
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return (d / 2 * math.log(2 * math.pi) + d / 2 * math.log(var_)
            + 0.5 / var_ * torch.linalg.matrix_norm(samples - mu) ** 2 / n)


def nll_gradient(samples, mu, var_):
    leaf = mu.detach().clone().requires_grad_(True)
    return nll(samples, leaf, var_).backward()
