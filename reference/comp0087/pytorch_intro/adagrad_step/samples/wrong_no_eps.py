# verdict: partial
# about: leaves eps out
import torch


def adagrad_step(p, g, s, lr, eps):
    s = s + g**2
    return p - lr * g / torch.sqrt(s), s
