# verdict: partial
# diagnosis: input_changed
# about: sets the flag on mu, and leaves a gradient in it
import math

import torch


def nll(samples, mu, var_):
    n, d = samples.shape
    return (d / 2 * math.log(2 * math.pi) + d / 2 * math.log(var_)
            + 0.5 / var_ * torch.linalg.matrix_norm(samples - mu) ** 2 / n)


def nll_gradient(samples, mu, var_):
    mu.requires_grad = True
    loss = nll(samples, mu, var_)
    loss.backward()
    return mu.grad
