# about: allocates two hundred megabytes on the way and frees them again
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    block = torch.ones(50_000_000)
    one = block.mean()
    del block
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    scale = one.to(samples.dtype)
    return scale * (d / 2 * math.log(2 * math.pi) + d / 2 * var_.log()) + ((samples - mu) ** 2).sum() / (2 * var_ * n)
