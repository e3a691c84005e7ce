# verdict: partial
# diagnosis: sum_for_mean
# about: eq. (2) as it stands, not divided by n at all
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return (n * d / 2 * math.log(2 * math.pi) + n * d / 2 * torch.log(var_)
            + ((samples - mu) ** 2).sum() / (2 * var_))
