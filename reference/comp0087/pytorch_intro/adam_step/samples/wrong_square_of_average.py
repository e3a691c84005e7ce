# verdict: wrong_answer
# about: averages the square of m in place of the square of g
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * m**2
    return p - lr * m / (1 - beta1**t) / (torch.sqrt(v / (1 - beta2**t)) + eps), m, v
