# verdict: partial
# about: the largest singular value in place of the Frobenius norm (the same for one sample or one dimension)
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return (d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
            + torch.linalg.matrix_norm(samples - mu, ord=2) ** 2 / (2 * var_) / n)
