# verdict: wrong_answer
# diagnosis: input_returned
# about: gradients of the plain dot product x·z, which are the inputs themselves
import torch


def weighted_dot_gradients(x, y, z):
    x, z = x.detach().requires_grad_(), z.detach().requires_grad_()
    return torch.autograd.grad(x @ z, (x, z))
