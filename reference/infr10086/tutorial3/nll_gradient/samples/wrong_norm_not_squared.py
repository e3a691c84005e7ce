# verdict: wrong_answer
# about: the gradient of the norm, not of its square
import torch


def nll_gradient(samples, mu, var_):
    leaf = mu.detach().clone().requires_grad_(True)
    loss = (samples - leaf).norm(dim=1).sum() / (2 * var_ * len(samples))
    return torch.autograd.grad(loss, leaf)[0]
