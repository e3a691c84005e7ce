# verdict: wrong_answer
# about: does not return the sum
import torch


def adagrad_step(p, g, s, lr, eps):
    return p - lr * g / (torch.sqrt(s + g**2) + eps)
