# verdict: wrong_answer
# diagnosis: swapped
# about: the average first
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = alpha * v + (1 - alpha) * g**2
    return v, p - lr * g / (torch.sqrt(v) + eps)
