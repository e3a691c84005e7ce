# verdict: wrong_answer
# diagnosis: swapped
# about: returns u' before v'
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    v = rho * v + (1 - rho) * g**2
    delta = torch.sqrt(u + eps) / torch.sqrt(v + eps) * g
    return p - lr * delta, rho * u + (1 - rho) * delta**2, v
