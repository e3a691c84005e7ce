# verdict: partial
# diagnosis: detached
# about: computed without a graph
import torch


@torch.no_grad()
def two_layer_network(a, b, w0, w1, v):
    u = a * w0 + b * w1
    return u, v * u
