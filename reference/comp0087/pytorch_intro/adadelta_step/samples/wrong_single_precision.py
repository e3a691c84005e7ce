# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    dtype, p, g, v, u = p.dtype, p.float(), g.float(), v.float(), u.float()
    v = rho * v + (1 - rho) * g**2
    delta = torch.sqrt(u + eps) / torch.sqrt(v + eps) * g
    u = rho * u + (1 - rho) * delta**2
    return (p - lr * delta).to(dtype), v.to(dtype), u.to(dtype)
