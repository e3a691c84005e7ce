# verdict: wrong_answer
# diagnosis: input_returned
# about: the right parameters, but the sum as it came
import torch


def adagrad_step(p, g, s, lr, eps):
    return p - lr * g / (torch.sqrt(s + g**2) + eps), s
