# about: prints inputs, intermediate values and a hundred kilobytes of notes
import math
import sys

import torch


def neg_log_likelihood(samples, mu, var_):
    print("samples", samples, "mu", mu, "var_", var_)
    print("note " * 2_000)
    n, d = samples.shape
    print(n, d, file=sys.stderr, flush=True)
    return d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(torch.as_tensor(var_, dtype=mu.dtype)) + (
        (samples - mu) ** 2
    ).sum() / (2 * var_ * n)
