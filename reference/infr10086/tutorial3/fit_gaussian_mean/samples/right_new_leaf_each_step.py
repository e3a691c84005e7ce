# verdict: accepted
# about: a new leaf every step, torch.distributions for the objective, losses collected in a tensor
import torch
from torch.distributions import Normal


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    sigma = var_ ** 0.5
    mu, losses = mu0, torch.zeros(steps, dtype=samples.dtype)
    for t in range(steps):
        leaf = mu.clone().requires_grad_(True)
        nll = -Normal(leaf, sigma).log_prob(samples).sum(1).mean()
        nll.backward()
        losses[t] = nll.detach()
        mu = mu - lr * leaf.grad
    return mu, losses
