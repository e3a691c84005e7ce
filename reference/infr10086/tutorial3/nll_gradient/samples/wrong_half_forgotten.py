# verdict: wrong_answer
# diagnosis: constant_factor
# about: forgets the 1/2
import torch


def nll_gradient(samples, mu, var_):
    leaf = mu.detach().clone().requires_grad_(True)
    loss = ((samples - leaf) ** 2).sum(1).mean() / var_
    return torch.autograd.grad(loss, leaf)[0]
