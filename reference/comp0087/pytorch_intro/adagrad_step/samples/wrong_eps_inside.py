# verdict: partial
# about: eps under the root (no difference while it is tiny)
import torch


def adagrad_step(p, g, s, lr, eps):
    s = s + g**2
    return p - lr * g / torch.sqrt(s + eps), s
