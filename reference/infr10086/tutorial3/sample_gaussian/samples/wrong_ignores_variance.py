# verdict: partial
# diagnosis: wrong_distribution
# about: unit variance, whatever is asked for
import torch


def sample_gaussian(n, d, var_):
    return torch.randn(n, d)
