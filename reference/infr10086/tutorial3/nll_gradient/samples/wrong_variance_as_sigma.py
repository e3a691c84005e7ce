# verdict: wrong_answer
# about: takes var_ for the standard deviation
import torch


def nll_gradient(samples, mu, var_):
    leaf = mu.detach().clone().requires_grad_(True)
    loss = ((samples - leaf) ** 2).sum(1).mean() / (2 * var_ ** 2)
    return torch.autograd.grad(loss, leaf)[0]
