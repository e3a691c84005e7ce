# verdict: accepted
# about: the standard library, one number at a time
import math
import random

import torch


def sample_gaussian(n, d, var_):
    sigma = math.sqrt(var_)
    rows = []
    for i in range(n):
        rows.append([random.gauss(0.0, sigma) for j in range(d)])
    return torch.tensor(rows)
