# verdict: partial
# about: clones of leaves are no leaves: their .grad stays empty
import torch


def two_layer_gradients(a, b, y, w0, w1, v):
    w0, w1, v = w0.clone().requires_grad_(), w1.clone().requires_grad_(), v.clone().requires_grad_()
    loss = (v * (a * w0 + b * w1) - y) ** 2
    loss.backward()
    return w0.grad, w1.grad, v.grad
