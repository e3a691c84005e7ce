# verdict: accepted
# about: interpolations
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    m = torch.lerp(g, m, beta1)
    v = torch.lerp(g.square(), v, beta2)
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return p - lr * m_hat / (v_hat**0.5 + eps), m, v
