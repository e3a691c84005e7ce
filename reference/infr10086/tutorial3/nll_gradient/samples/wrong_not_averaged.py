# verdict: partial
# diagnosis: sum_for_mean
# about: eq. (2), not divided by n (right for one sample)
import torch


def nll_gradient(samples, mu, var_):
    leaf = mu.detach().clone().requires_grad_(True)
    loss = ((samples - leaf) ** 2).sum() / (2 * var_)
    loss.backward()
    return leaf.grad
