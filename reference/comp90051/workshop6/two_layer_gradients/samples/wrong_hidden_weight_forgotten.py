# verdict: partial
# about: the chain rule without v in the first layer; right in the example
import torch


@torch.no_grad()
def two_layer_gradients(a, b, y, w0, w1, v):
    u = a * w0 + b * w1
    d = 2 * (v * u - y)
    return d * a, d * b, d * u
