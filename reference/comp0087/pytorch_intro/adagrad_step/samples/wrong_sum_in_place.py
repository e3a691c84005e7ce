# verdict: partial
# diagnosis: input_changed
# about: changes the caller's sum
import torch


def adagrad_step(p, g, s, lr, eps):
    s += g**2
    return p - lr * g / (torch.sqrt(s) + eps), s
