# verdict: wrong_answer
# about: divides by the root of the old average
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    delta = torch.sqrt(u + eps) / torch.sqrt(v + eps) * g
    v = rho * v + (1 - rho) * g**2
    return p - lr * delta, v, rho * u + (1 - rho) * delta**2
