# verdict: partial
# about: computes in float32 and converts back
import torch


def weighted_dot(x, y, z):
    r = torch.sum(x.float() * y.float() * z.float())
    return r.to(x.dtype)
