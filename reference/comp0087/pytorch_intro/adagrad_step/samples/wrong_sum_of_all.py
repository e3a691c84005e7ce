# verdict: partial
# about: one sum for all parameters
import torch


def adagrad_step(p, g, s, lr, eps):
    s = s + (g**2).sum()
    return p - lr * g / (torch.sqrt(s) + eps), s
