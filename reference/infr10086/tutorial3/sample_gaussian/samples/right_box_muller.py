# verdict: accepted
# about: uniform draws turned into normal ones by hand
import math

import torch


def sample_gaussian(n, d, var_):
    u = 1 - torch.rand(n, d, dtype=torch.float64)
    v = torch.rand(n, d, dtype=torch.float64)
    return torch.sqrt(-2 * var_ * torch.log(u)) * torch.cos(2 * math.pi * v)
