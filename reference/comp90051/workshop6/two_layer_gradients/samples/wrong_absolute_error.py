# verdict: partial
# about: the absolute error
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    w0, w1, v = (w.detach().clone().requires_grad_() for w in (w0, w1, v))
    loss = (v * (a * w0 + b * w1) - y).abs()
    return torch.autograd.grad(loss, (w0, w1, v))
