# verdict: accepted
# about: the losses as 0-dimensional tensors
import math

import torch


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    n, d = samples.shape
    mu = mu0.clone().requires_grad_()
    opt = torch.optim.SGD([mu], lr=lr)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        loss = d / 2 * math.log(2 * math.pi * var_) + ((samples - mu) ** 2).sum() / (2 * var_ * n)
        loss.backward()
        opt.step()
        losses.append(loss)
    return mu, losses
