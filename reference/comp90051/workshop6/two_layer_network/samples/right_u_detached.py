# verdict: accepted
# about: only f needs a graph
import torch


def two_layer_network(a, b, w0, w1, v):
    u = torch.addcmul(a * w0, b, w1)
    f = v * u
    return u.detach(), f
