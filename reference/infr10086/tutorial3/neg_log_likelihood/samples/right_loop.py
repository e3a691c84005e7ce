# verdict: accepted
# about: a loop over the samples, math.log for numbers
import math

import torch


def neg_log_likelihood(xs, m, v):
    n = len(xs)
    d = len(m)
    total = 0
    for x in xs:
        diff = x - m
        total = total + torch.dot(diff, diff)
    log_v = torch.log(v) if isinstance(v, torch.Tensor) else math.log(v)
    return d / 2 * math.log(2 * math.pi) + d / 2 * log_v + total / (2 * v * n)
