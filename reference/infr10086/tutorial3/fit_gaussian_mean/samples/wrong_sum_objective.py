# verdict: partial
# about: the objective is not divided by n (right for one sample)
import math

import torch


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    n, d = samples.shape
    mu = mu0.clone().requires_grad_()
    losses = []
    for i in range(steps):
        loss = n * d / 2 * math.log(2 * math.pi * var_) + ((samples - mu) ** 2).sum() / (2 * var_)
        losses.append(loss.item())
        (g,) = torch.autograd.grad(loss, mu)
        mu = (mu - lr * g).detach().requires_grad_()
    return mu, losses
