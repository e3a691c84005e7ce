# verdict: partial
# diagnosis: transposed
# about: one sample a column
import torch


def sample_gaussian(n, d, var_):
    return torch.randn(d, n) * var_ ** 0.5
