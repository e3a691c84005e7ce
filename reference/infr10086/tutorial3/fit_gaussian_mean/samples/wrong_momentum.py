# verdict: partial
# about: SGD with momentum is another method (the same for a single step)
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return d / 2 * math.log(2 * math.pi * var_) + ((samples - mu) ** 2).sum() / (2 * var_ * n)


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    mu = torch.nn.Parameter(mu0.clone())
    opt = torch.optim.SGD([mu], lr=lr, momentum=0.9)
    losses = []
    for i in range(steps):
        opt.zero_grad()
        loss = nll(samples, mu, var_)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return mu, losses
