# verdict: wrong_answer
# about: the step is taken with u' in place of u
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    v = rho * v + (1 - rho) * g**2
    delta = torch.sqrt(u + eps) / torch.sqrt(v + eps) * g
    u = rho * u + (1 - rho) * delta**2
    delta = torch.sqrt(u + eps) / torch.sqrt(v + eps) * g
    return p - lr * delta, v, u
