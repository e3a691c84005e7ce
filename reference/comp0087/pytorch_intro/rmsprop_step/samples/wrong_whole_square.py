# verdict: wrong_answer
# about: forgets the factor 1 - alpha
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = alpha * v + g**2
    return p - lr * g / (torch.sqrt(v) + eps), v
