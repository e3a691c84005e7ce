# verdict: accepted
# about: the Frobenius norm of the whole difference, squared
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    if not torch.is_tensor(var_):
        var_ = torch.tensor(var_, dtype=samples.dtype)
    frobenius = torch.linalg.matrix_norm(samples - mu)
    constants = 0.5 * d * (math.log(2 * math.pi) + var_.log())
    return constants + frobenius.pow(2) / (2 * n * var_)
