# verdict: partial
# about: leaves eps out
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = alpha * v + (1 - alpha) * g**2
    return p - lr * g / torch.sqrt(v), v
