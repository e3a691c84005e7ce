# verdict: partial
# diagnosis: wrong_dtype
# about: copies into float32
import torch


def weighted_dot_gradients(x, y, z):
    a = x.detach().float().requires_grad_()
    c = z.detach().float().requires_grad_()
    (a * y.detach().float() @ c).backward()
    return a.grad, c.grad
