# verdict: accepted
# about: Python numbers, one after the other
import torch


def sgd_step(p, g, lr):
    return torch.tensor([a - lr * b for a, b in zip(p.tolist(), g.tolist())], dtype=p.dtype)
