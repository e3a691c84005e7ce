# verdict: partial
# diagnosis: detached
# about: the right value, wrapped into a new tensor without a graph
import math

import torch


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = float(torch.as_tensor(var_).detach())
    loss = (d / 2 * math.log(2 * math.pi) + d / 2 * math.log(var_)
            + (samples - mu).norm() ** 2 / (2 * var_) / n)
    return torch.tensor(loss.item(), dtype=samples.dtype)
