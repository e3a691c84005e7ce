# verdict: wrong_answer
# about: no bias correction
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return p - lr * m / (torch.sqrt(v) + eps), m, v
