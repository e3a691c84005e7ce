# verdict: accepted
# about: einsum, and the mean over samples taken before everything is added
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    z = samples - mu
    per_sample = torch.einsum("ij,ij->i", z, z) / (2 * var_)
    return (per_sample + 0.5 * d * torch.log(2 * math.pi * var_)).mean()
