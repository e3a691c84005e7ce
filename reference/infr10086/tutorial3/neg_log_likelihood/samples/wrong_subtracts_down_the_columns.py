# verdict: partial
# about: mu is broadcast along the wrong dimension: wrong for a square of samples, an error for most other shapes
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    z = samples - mu.unsqueeze(1)
    return (d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_) + (z * z).sum() / (2 * var_ * n))
