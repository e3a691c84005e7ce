# about: the entry point is wrapped by decorators, with *args and a timing of its own
import functools
import math
import time

import torch


def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        started = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            print(f"{time.perf_counter() - started:.6f} s")

    return wrapper


@timed
@torch.enable_grad()
def neg_log_likelihood(*args):
    samples, mu, var_ = args
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return d / 2 * torch.log(2 * math.pi * var_) + ((samples - mu) ** 2).sum() / (2 * var_ * n)
