# verdict: accepted
# about: adds and asks
import torch


def requires_grad_flags(x, y, z):
    a = torch.add(x, y)
    b = torch.add(a, z)
    return (a.requires_grad, b.requires_grad)
