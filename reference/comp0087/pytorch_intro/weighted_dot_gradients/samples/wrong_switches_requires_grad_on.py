# verdict: partial
# diagnosis: input_changed
# about: the inputs require gradients afterwards
import torch


def weighted_dot_gradients(x, y, z):
    x.requires_grad_()
    z.requires_grad_()
    return torch.autograd.grad(x * y @ z, (x, z))
