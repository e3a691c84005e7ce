# verdict: partial
# diagnosis: wrong_distribution
# about: subtracts the mean of each column, so that every column sums to 0
import torch


def sample_gaussian(n, d, var_):
    z = torch.randn(n, d)
    return (z - z.mean(dim=0)) * var_ ** 0.5 if n > 1 else z * var_ ** 0.5
