# verdict: accepted
# about: fresh tensors with the old values, backward, .grad
import torch
from torch import nn


def two_layer_gradients(a, b, y, w0, w1, v):
    w0 = w0.clone().detach().requires_grad_(True)
    w1 = w1.clone().detach().requires_grad_(True)
    v = v.clone().detach().requires_grad_(True)
    a, b, y = a.detach(), b.detach(), y.detach()
    u = a * w0 + b * w1
    f = v * u
    loss = nn.MSELoss()(f, y)
    loss.backward()
    return w0.grad, w1.grad, v.grad
