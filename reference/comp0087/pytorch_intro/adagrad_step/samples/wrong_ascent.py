# verdict: wrong_answer
# about: uphill
import torch


def adagrad_step(p, g, s, lr, eps):
    s = s + g**2
    return p + lr * g / (torch.sqrt(s) + eps), s
