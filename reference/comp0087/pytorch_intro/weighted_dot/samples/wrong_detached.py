# verdict: partial
# diagnosis: detached
# about: the right value in a new tensor
import torch


def weighted_dot(x, y, z):
    total = 0.0
    for a, b, c in zip(x.tolist(), y.tolist(), z.tolist()):
        total += a * b * c
    return torch.tensor(total, dtype=x.dtype)
