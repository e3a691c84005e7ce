# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    dtype, p, g, v = p.dtype, p.float(), g.float(), v.float()
    v = alpha * v + (1 - alpha) * g**2
    return (p - lr * g / (torch.sqrt(v) + eps)).to(dtype), v.to(dtype)
