# verdict: partial
# about: takes var_ for the standard deviation (right where it is 1)
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    sigma = torch.as_tensor(var_, dtype=samples.dtype)
    return (d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(sigma ** 2)
            + ((samples - mu) ** 2).sum() / (2 * sigma ** 2 * n))
