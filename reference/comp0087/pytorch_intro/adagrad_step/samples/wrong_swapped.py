# verdict: wrong_answer
# diagnosis: swapped
# about: the sum first
import torch


def adagrad_step(p, g, s, lr, eps):
    s = s + g**2
    return s, p - lr * g / (torch.sqrt(s) + eps)
