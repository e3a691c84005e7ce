# verdict: wrong_answer
# about: divides the average by 1 - alpha, as Adam does at its first step
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = alpha * v + (1 - alpha) * g**2
    return p - lr * g / (torch.sqrt(v / (1 - alpha)) + eps), v
