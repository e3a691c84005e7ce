# verdict: wrong_answer
# about: divides by the root of the old average
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    return p - lr * g / (torch.sqrt(v) + eps), alpha * v + (1 - alpha) * g**2
