# verdict: accepted
# about: computes in numpy, one output at a time
import numpy as np
import torch


def linearity_gap(layer, x, y):
    W, b = layer.weight.detach().numpy(), layer.bias.detach().numpy()
    x, y = x.numpy(), y.numpy()
    gap = np.empty(len(b), dtype=b.dtype)
    for k in range(len(b)):
        gap[k] = (np.dot(W[k], x + y) + b[k]) - (np.dot(W[k], x) + b[k]) - (np.dot(W[k], y) + b[k])
    return torch.from_numpy(gap)
