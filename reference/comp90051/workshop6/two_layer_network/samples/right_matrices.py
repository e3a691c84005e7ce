# verdict: accepted
# about: matrix products, squeezed in the end; u is computed a second time
import torch


def two_layer_network(a, b, w0, w1, v):
    x = torch.stack([a, b]).reshape(1, 2)
    first = torch.stack([w0, w1]).reshape(2, 1)
    second = v.reshape(1, 1)
    u = (x @ first).squeeze()
    f = (x @ first @ second).squeeze()
    return u, f
