# verdict: partial
# about: eps is divided by the correction as well (no difference while it is tiny)
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    rate = lr * (1 - beta2**t) ** 0.5 / (1 - beta1**t)
    return p - rate * m / (torch.sqrt(v) + eps), m, v
