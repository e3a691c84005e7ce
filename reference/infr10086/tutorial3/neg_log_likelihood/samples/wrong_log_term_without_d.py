# verdict: partial
# about: the two constant terms are not multiplied by d (no effect on the gradient of mu)
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n = samples.shape[0]
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return (0.5 * math.log(2 * math.pi) + 0.5 * torch.log(var_)
            + ((samples - mu) ** 2).sum() / (2 * var_ * n))
