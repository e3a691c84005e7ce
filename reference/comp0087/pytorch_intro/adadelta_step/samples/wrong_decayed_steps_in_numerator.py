# verdict: partial
# about: u is decayed before the step (right while it is zero)
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    v = rho * v + (1 - rho) * g**2
    u = rho * u
    delta = torch.sqrt(u + eps) / torch.sqrt(v + eps) * g
    return p - lr * delta, v, u + (1 - rho) * delta**2
