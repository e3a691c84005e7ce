# verdict: partial
# about: averages over all n*d entries (right in one dimension)
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return (d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
            + ((samples - mu) ** 2).mean() / (2 * var_))
