# verdict: partial
# diagnosis: exception
# about: torch.log of a Python float raises
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    return (d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
            + (samples - mu).norm() ** 2 / (2 * var_) / n)
