# verdict: partial
# about: forgets the earlier gradients (right at the first step)
import torch


def adagrad_step(p, g, s, lr, eps):
    s = g**2
    return p - lr * g / (torch.sqrt(s) + eps), s
