# verdict: partial
# about: the losses lack the terms that do not depend on mu; the mean does not notice
import torch


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    n = len(samples)
    mu = mu0.clone().requires_grad_()
    losses = []
    for i in range(steps):
        loss = ((samples - mu) ** 2).sum() / (2 * var_ * n)
        losses.append(loss.item())
        (g,) = torch.autograd.grad(loss, mu)
        mu = (mu - lr * g).detach().requires_grad_()
    return mu, losses
