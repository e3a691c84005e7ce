# verdict: partial
# about: differentiates the mean of the products (right for one entry)
import torch


def weighted_dot_gradients(x, y, z):
    a, c = x.detach().requires_grad_(), z.detach().requires_grad_()
    return torch.autograd.grad((a * y * c).mean(), (a, c))
