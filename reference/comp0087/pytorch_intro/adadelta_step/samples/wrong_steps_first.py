# verdict: wrong_answer
# about: u' takes the gradient in and comes before the step
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    v = rho * v + (1 - rho) * g**2
    u = rho * u + (1 - rho) * g**2
    delta = torch.sqrt(u + eps) / torch.sqrt(v + eps) * g
    return p - lr * delta, v, u
