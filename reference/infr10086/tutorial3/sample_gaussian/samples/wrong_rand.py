# verdict: partial
# diagnosis: wrong_distribution
# about: rand for randn
import torch


def sample_gaussian(n, d, var_):
    return torch.rand(n, d) * var_ ** 0.5
