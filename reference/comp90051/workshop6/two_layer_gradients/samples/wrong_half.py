# verdict: partial
# diagnosis: constant_factor
# about: half of the squared error
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    w0, w1, v = (w.detach().clone().requires_grad_() for w in (w0, w1, v))
    loss = 0.5 * (v * (a * w0 + b * w1) - y) ** 2
    return torch.autograd.grad(loss, (w0, w1, v))
