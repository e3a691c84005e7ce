# verdict: partial
# about: eps under the root (no difference while it is tiny)
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = alpha * v + (1 - alpha) * g**2
    return p - lr * g / torch.sqrt(v + eps), v
