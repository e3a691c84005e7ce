import numpy as np
import torch


def neg_log_likelihood(samples, mu, var_):
    x, m = samples.numpy(), mu.detach().numpy()
    n, d = x.shape
    value = d / 2 * np.log(2 * np.pi * float(var_)) + ((x - m) ** 2).sum() / (2 * float(var_) * n)
    return torch.tensor(value, dtype=samples.dtype)
