# verdict: accepted
# about: the first layer as a dot product
import torch


def two_layer_network(a, b, w0, w1, v):
    x = torch.stack([a, b])
    w = torch.stack([w0, w1])
    u = torch.dot(w, x)
    return u, torch.mul(u, v)
