# verdict: wrong_answer
# about: forgets the average of the squared steps
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    v = rho * v + (1 - rho) * g**2
    return p - lr * torch.sqrt(u + eps) / torch.sqrt(v + eps) * g, v
