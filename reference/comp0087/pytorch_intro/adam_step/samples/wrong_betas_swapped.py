# verdict: wrong_answer
# about: each average has the share of the other
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    m = beta2 * m + (1 - beta2) * g
    v = beta1 * v + (1 - beta1) * g**2
    return p - lr * m / (1 - beta2**t) / (torch.sqrt(v / (1 - beta1**t)) + eps), m, v
