import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    squared = torch.linalg.vector_norm(samples - mu, dim=1).pow(2).sum()
    return d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_) + squared / (2 * var_ * n)
