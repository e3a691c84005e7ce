# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def adagrad_step(p, g, s, lr, eps):
    dtype, p, g, s = p.dtype, p.float(), g.float(), s.float()
    s = s + g**2
    return (p - lr * g / (torch.sqrt(s) + eps)).to(dtype), s.to(dtype)
