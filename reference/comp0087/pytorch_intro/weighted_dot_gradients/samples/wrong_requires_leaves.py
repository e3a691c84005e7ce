# verdict: partial
# diagnosis: exception
# about: pure, but only where both inputs require gradients
import torch


def weighted_dot_gradients(x, y, z):
    return torch.autograd.grad(x * y @ z, (x, z))
