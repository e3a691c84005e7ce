# verdict: accepted
# about: copies, backward and .grad, returned as a list
import torch


def weighted_dot_gradients(x, y, z):
    a = x.detach().clone().requires_grad_(True)
    b = y.detach().clone()
    c = z.detach().clone().requires_grad_(True)
    r = a * b @ c
    r.backward()
    return [a.grad, c.grad]
