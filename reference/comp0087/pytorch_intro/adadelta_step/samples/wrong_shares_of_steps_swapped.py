# verdict: wrong_answer
# about: rho and 1 - rho swapped in the second average only
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    v = rho * v + (1 - rho) * g**2
    delta = torch.sqrt(u + eps) / torch.sqrt(v + eps) * g
    return p - lr * delta, v, (1 - rho) * u + rho * delta**2
