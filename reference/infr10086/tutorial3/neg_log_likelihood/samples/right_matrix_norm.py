# verdict: accepted
# about: the Frobenius norm of the whole difference, squared
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    if not torch.is_tensor(var_):
        var_ = torch.tensor(var_, dtype=samples.dtype)
    quadratic = torch.linalg.matrix_norm(samples - mu) ** 2
    return d / 2.0 * math.log(2 * math.pi) + d / 2.0 * var_.log() + 0.5 / var_ * quadratic / n
