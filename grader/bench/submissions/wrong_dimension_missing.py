import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n = samples.shape[0]
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return (math.log(2 * math.pi) + torch.log(var_)) / 2 + ((samples - mu) ** 2).sum() / (2 * var_ * n)
