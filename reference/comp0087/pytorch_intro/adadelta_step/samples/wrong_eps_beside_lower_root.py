# verdict: partial
# about: eps beside the root of the denominator only
import torch
def adadelta_step(p, g, v, u, lr, rho, eps):
    v2 = rho * v + (1 - rho) * g**2
    d = torch.sqrt(u + eps) / (torch.sqrt(v2) + eps) * g
    return p - lr * d, v2, rho*u + (1-rho)*d**2
