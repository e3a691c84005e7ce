import math


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    return d / 2 * math.log(2 * math.pi * var_) + ((samples - mean) ** 2).sum() / (2 * var_ * n)
