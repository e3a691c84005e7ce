# verdict: wrong_answer
# about: alpha and 1 - alpha swapped
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = (1 - alpha) * v + alpha * g**2
    return p - lr * g / (torch.sqrt(v) + eps), v
