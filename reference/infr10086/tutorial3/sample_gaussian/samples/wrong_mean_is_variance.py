# verdict: partial
# diagnosis: wrong_distribution
# about: the arguments of torch.normal in the wrong places: mean var_, deviation 1
import torch


def sample_gaussian(n, d, var_):
    return torch.normal(var_, 1.0, (n, d))
