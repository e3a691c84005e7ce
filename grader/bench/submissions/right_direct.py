import math


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    variance = samples.new_tensor(1.0) * var_
    return d / 2 * (math.log(2 * math.pi) + variance.log()) + ((samples - mu) ** 2).sum() / (2 * variance * n)
