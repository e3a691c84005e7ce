# about: takes half a second for its import and a moment for each call
import math
import time

import torch

time.sleep(0.5)


def neg_log_likelihood(samples, mu, var_):
    time.sleep(0.05)
    n, d = samples.shape
    total = torch.zeros((), dtype=samples.dtype)
    for i in range(n):
        for j in range(d):
            total = total + (samples[i, j] - mu[j]) ** 2
    return d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(torch.as_tensor(var_, dtype=mu.dtype)) + total / (2 * var_ * n)
