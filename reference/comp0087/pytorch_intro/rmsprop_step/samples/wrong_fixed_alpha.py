# verdict: partial
# about: a share of its own
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = 0.99 * v + 0.01 * g**2
    return p - lr * g / (torch.sqrt(v) + eps), v
