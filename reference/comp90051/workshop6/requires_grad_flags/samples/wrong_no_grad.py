# verdict: partial
# about: adds without a graph
import torch


def requires_grad_flags(x, y, z):
    with torch.no_grad():
        a = x + y
        b = a + z
    return a.requires_grad, b.requires_grad
