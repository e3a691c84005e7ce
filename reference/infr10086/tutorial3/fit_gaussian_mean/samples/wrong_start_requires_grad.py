# verdict: partial
# diagnosis: input_changed
# about: leaves mu0's value alone, but sets requires_grad on it and a gradient in it
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return d / 2 * math.log(2 * math.pi * var_) + ((samples - mu) ** 2).sum() / (2 * var_ * n)


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    mu = mu0.requires_grad_(True)
    losses = []
    for i in range(steps):
        loss = nll(samples, mu, var_)
        losses.append(loss.item())
        mu.retain_grad()
        mu.grad = None
        loss.backward()
        mu = (mu - lr * mu.grad).detach().requires_grad_(True)
    return mu, losses
