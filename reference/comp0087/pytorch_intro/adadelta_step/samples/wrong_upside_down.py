# verdict: wrong_answer
# about: the fraction upside down
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    v = rho * v + (1 - rho) * g**2
    delta = torch.sqrt(v + eps) / torch.sqrt(u + eps) * g
    return p - lr * delta, v, rho * u + (1 - rho) * delta**2
