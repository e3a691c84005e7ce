# verdict: accepted
# about: an nn.Parameter shares the memory of mu and has a gradient of its own
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return (d / 2 * math.log(2 * math.pi) + d / 2 * math.log(var_)
            + 0.5 / var_ * torch.linalg.matrix_norm(samples - mu) ** 2 / n)


def nll_gradient(samples, mu, var_):
    parameter = torch.nn.Parameter(mu)
    opt = torch.optim.SGD([parameter], lr=0.1)
    opt.zero_grad()
    nll(samples, parameter, var_).backward()
    return parameter.grad.clone()
