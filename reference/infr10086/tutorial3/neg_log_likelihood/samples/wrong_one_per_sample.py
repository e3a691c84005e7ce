# verdict: wrong_answer
# diagnosis: wrong_shape
# about: one value a sample, not their mean; even a single sample gives shape (1,). The gradient is n times too large
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return (d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
            + ((samples - mu) ** 2).sum(dim=1) / (2 * var_))
