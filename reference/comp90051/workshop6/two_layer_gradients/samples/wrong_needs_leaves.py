# verdict: partial
# diagnosis: exception
# about: autograd.grad of weights that may not require a gradient
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    loss = (v * (a * w0 + b * w1) - y) ** 2
    return torch.autograd.grad(loss, (w0, w1, v))
