# verdict: wrong_answer
# about: divides by the root of the old sum
import torch


def adagrad_step(p, g, s, lr, eps):
    return p - lr * g / (torch.sqrt(s) + eps), s + g**2
