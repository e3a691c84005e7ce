# verdict: wrong_answer
# about: takes t for the number of steps before, plus one
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1 ** (t + 1))
    v_hat = v / (1 - beta2 ** (t + 1))
    return p - lr * m_hat / (torch.sqrt(v_hat) + eps), m, v
