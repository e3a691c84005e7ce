# verdict: accepted
# about: torch.optim.SGD on a Parameter of its own, as in the tutorial
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    constants = 0.5 * d * math.log(2 * math.pi * var_)
    return constants + torch.linalg.matrix_norm(samples - mu).pow(2) / (2 * n * var_)


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    mu = torch.nn.Parameter(mu0.clone())
    opt = torch.optim.SGD([mu], lr=lr)
    losses = []
    for i in range(steps):
        opt.zero_grad()
        loss = neg_log_likelihood(samples, mu, var_)
        print(i, loss.item())
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return mu, losses
