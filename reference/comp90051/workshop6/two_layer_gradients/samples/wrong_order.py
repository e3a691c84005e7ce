# verdict: partial
# diagnosis: permuted
# about: v first
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    w0, w1, v = (w.detach().clone().requires_grad_() for w in (w0, w1, v))
    loss = (v * (a * w0 + b * w1) - y) ** 2
    return torch.autograd.grad(loss, (v, w0, w1))
