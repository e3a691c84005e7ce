# verdict: partial
# diagnosis: input_changed
# about: changes the caller's averages
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    v.mul_(rho).addcmul_(g, g, value=1 - rho)
    delta = torch.sqrt(u + eps) / torch.sqrt(v + eps) * g
    u.mul_(rho).addcmul_(delta, delta, value=1 - rho)
    return p - lr * delta, v, u
