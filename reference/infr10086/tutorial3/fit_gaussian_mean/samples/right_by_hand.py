# verdict: accepted
# about: backward(), an update under no_grad, zero_() afterwards; a loop over the samples; returns a list
import math

import torch


def fit_gaussian_mean(x, start, v, eta, T):
    mu = start.detach().clone()
    mu.requires_grad = True
    history = []
    for t in range(T):
        terms = [((xi - mu) ** 2).sum() for xi in x]
        loss = sum(terms) / len(terms) / (2 * v) + len(mu) / 2 * (math.log(v) + math.log(2 * math.pi))
        loss.backward()
        history.append(float(loss))
        with torch.no_grad():
            mu -= eta * mu.grad
            mu.grad.zero_()
    return [mu.detach(), history]
