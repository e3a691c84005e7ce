# verdict: wrong_answer
# about: the second gradient is that of the constant
import torch


def weighted_dot_gradients(x, y, z):
    x, y = x.detach().requires_grad_(), y.detach().requires_grad_()
    return torch.autograd.grad(x * y @ z.detach(), (x, y))
