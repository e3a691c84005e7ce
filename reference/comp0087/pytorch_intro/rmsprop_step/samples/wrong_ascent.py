# verdict: wrong_answer
# about: uphill
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = alpha * v + (1 - alpha) * g**2
    return p + lr * g / (torch.sqrt(v) + eps), v
