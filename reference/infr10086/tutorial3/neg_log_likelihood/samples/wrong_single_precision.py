# verdict: partial
# diagnosis: wrong_dtype
# about: everything is turned into float32
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=torch.float32)
    z = samples.float() - mu.float()
    return (d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_) + (z ** 2).sum() / (2 * var_.float() * n))
