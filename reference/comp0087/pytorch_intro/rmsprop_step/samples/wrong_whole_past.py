# verdict: partial
# about: forgets the factor alpha (right at the first step)
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = v + (1 - alpha) * g**2
    return p - lr * g / (torch.sqrt(v) + eps), v
