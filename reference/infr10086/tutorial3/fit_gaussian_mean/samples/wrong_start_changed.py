# verdict: partial
# diagnosis: input_changed
# about: the Parameter shares its memory with mu0
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return d / 2 * math.log(2 * math.pi * var_) + ((samples - mu) ** 2).sum() / (2 * var_ * n)


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    mu = torch.nn.Parameter(mu0)
    opt = torch.optim.SGD([mu], lr=lr)
    losses = []
    for i in range(steps):
        opt.zero_grad()
        loss = nll(samples, mu, var_)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return mu.data, losses
