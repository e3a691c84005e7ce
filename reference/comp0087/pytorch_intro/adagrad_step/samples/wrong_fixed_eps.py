# verdict: partial
# about: a constant of its own in place of eps
import torch


def adagrad_step(p, g, s, lr, eps):
    s = s + g**2
    return p - lr * g / (torch.sqrt(s) + 1e-10), s
