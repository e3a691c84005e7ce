# verdict: wrong_answer
# about: beta and 1 - beta swapped
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    m = (1 - beta1) * m + beta1 * g
    v = (1 - beta2) * v + beta2 * g**2
    return p - lr * m / (1 - beta1**t) / (torch.sqrt(v / (1 - beta2**t)) + eps), m, v
