# verdict: wrong_answer
# about: adds up the gradients themselves
import torch


def adagrad_step(p, g, s, lr, eps):
    s = s + g.abs()
    return p - lr * g / (torch.sqrt(s) + eps), s
