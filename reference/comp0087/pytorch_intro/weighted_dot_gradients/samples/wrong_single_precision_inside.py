# verdict: partial
# about: computes in float32 and converts back
import torch


def weighted_dot_gradients(x, y, z):
    a, b, c = (t.detach().to(torch.float32) for t in (x, y, z))
    a.requires_grad_()
    c.requires_grad_()
    (a * b @ c).backward()
    return a.grad.to(x.dtype), c.grad.to(x.dtype)
