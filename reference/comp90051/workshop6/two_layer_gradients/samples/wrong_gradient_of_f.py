# verdict: partial
# diagnosis: wrong_value
# about: differentiates the output, not the loss
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    w0, w1, v = (w.detach().clone().requires_grad_() for w in (w0, w1, v))
    f = v * (a * w0 + b * w1)
    return torch.autograd.grad(f, (w0, w1, v))
