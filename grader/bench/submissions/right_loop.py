import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    total = 0
    for i in range(n):
        for j in range(d):
            total = total + (samples[i, j] - mu[j]) ** 2 / (2 * var_)
    return d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_) + total / n
