import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return d / 2 * (math.log(2 * math.pi) + torch.log(var_)) + ((samples - mu.detach()) ** 2).sum() / (2 * var_ * n)
