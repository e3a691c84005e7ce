# verdict: wrong_answer
# diagnosis: wrong_length
# about: what torch.autograd.grad returns for one variable
import torch


def weighted_dot_gradients(x, y, z):
    x = x.detach().requires_grad_()
    return torch.autograd.grad(x * y @ z, x)
