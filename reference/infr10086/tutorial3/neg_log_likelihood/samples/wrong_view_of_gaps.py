# verdict: partial
# diagnosis: exception
# about: .view needs contiguous memory
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    z = samples.view(n * d) - mu.repeat(n)
    return (d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_) + torch.dot(z, z) / (2 * var_ * n))
