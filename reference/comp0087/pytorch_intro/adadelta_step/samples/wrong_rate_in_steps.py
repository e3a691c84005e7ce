# verdict: partial
# about: averages the steps with their factor lr (no difference for lr = 1)
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    v = rho * v + (1 - rho) * g**2
    delta = lr * torch.sqrt(u + eps) / torch.sqrt(v + eps) * g
    return p - delta, v, rho * u + (1 - rho) * delta**2
