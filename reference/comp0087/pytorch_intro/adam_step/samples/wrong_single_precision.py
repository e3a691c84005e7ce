# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    dtype, p, g, m, v = p.dtype, p.float(), g.float(), m.float(), v.float()
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    new = p - lr * m / (1 - beta1**t) / (torch.sqrt(v / (1 - beta2**t)) + eps)
    return new.to(dtype), m.to(dtype), v.to(dtype)
