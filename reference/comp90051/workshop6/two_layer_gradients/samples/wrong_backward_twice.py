# verdict: partial
# about: two backward passes without zeroing in between
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    a, b, y = a.detach(), b.detach(), y.detach()
    w0, w1, v = (w.detach().clone().requires_grad_() for w in (w0, w1, v))
    for _ in range(2):
        loss = (v * (a * w0 + b * w1) - y) ** 2
        loss.backward()
    return w0.grad, w1.grad, v.grad
