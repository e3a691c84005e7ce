# verdict: wrong_answer
# about: hands the corrected averages back
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    m = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
    v = (beta2 * v + (1 - beta2) * g**2) / (1 - beta2**t)
    return p - lr * m / (torch.sqrt(v) + eps), m, v
