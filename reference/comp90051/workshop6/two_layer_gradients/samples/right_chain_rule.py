# verdict: accepted
# about: the derivatives written down, in a list
import torch


@torch.no_grad()
def two_layer_gradients(a, b, y, w0, w1, v):
    u = a * w0 + b * w1
    d = 2 * (v * u - y)
    return [d * v * a, d * v * b, d * u]
