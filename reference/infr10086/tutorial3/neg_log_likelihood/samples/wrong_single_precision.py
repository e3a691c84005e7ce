# verdict: partial
# about: computes in float32 and casts the result back
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    x, m = samples.float(), mu.float()
    v = torch.as_tensor(var_, dtype=torch.float32)
    n, d = x.shape
    out = d / 2 * torch.log(2 * math.pi * v) + ((x - m) ** 2).sum() / (2 * v * n)
    return out.to(samples.dtype)
