# verdict: wrong_answer
# about: all three gradients
import torch


def weighted_dot_gradients(x, y, z):
    a, b, c = (t.detach().requires_grad_() for t in (x, y, z))
    return torch.autograd.grad((a * b * c).sum(), (a, b, c))
