# verdict: partial
# diagnosis: input_changed
# about: sets requires_grad on the caller's weights
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    for w in (w0, w1, v):
        w.requires_grad_()
    loss = (v * (a * w0 + b * w1) - y) ** 2
    return torch.autograd.grad(loss, (w0, w1, v))
