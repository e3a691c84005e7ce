# verdict: wrong_answer
# diagnosis: input_returned
# about: the losses are right, but the start is returned
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return d / 2 * math.log(2 * math.pi * var_) + ((samples - mu) ** 2).sum() / (2 * var_ * n)


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    mu = mu0.clone().requires_grad_()
    losses = []
    for i in range(steps):
        loss = nll(samples, mu, var_)
        losses.append(loss.item())
        (g,) = torch.autograd.grad(loss, mu)
        mu = (mu - lr * g).detach().requires_grad_()
    return mu0, losses
