# verdict: partial
# about: a new tensor has no history
import torch


def two_layer_network(a, b, w0, w1, v):
    u = torch.tensor(a * w0 + b * w1)
    return u, v * u
