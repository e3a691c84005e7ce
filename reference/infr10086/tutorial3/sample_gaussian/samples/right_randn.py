# verdict: accepted
# about: standard normal draws times the standard deviation
import torch


def sample_gaussian(n, d, var_):
    return torch.randn(n, d) * var_ ** 0.5
