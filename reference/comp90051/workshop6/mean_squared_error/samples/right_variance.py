# verdict: accepted
# about: the variance of the differences plus their squared mean
import torch, numpy as np
import torch.nn.functional as F
def mean_squared_error(p, t):
    return torch.var(p - t, unbiased=False) + torch.mean(p - t) ** 2
