# about: raises the recursion limit and recurses three thousand deep
import math
import sys

import torch

sys.setrecursionlimit(20_000)


def total(rows, k=0):
    return rows.new_zeros(()) if k == len(rows) else rows[k].sum() + total(rows, k + 1)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


assert depth(3000) == 3000


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    return d / 2 * math.log(2 * math.pi) + d / 2 * var_.log() + total((samples - mu) ** 2) / (2 * var_ * n)
