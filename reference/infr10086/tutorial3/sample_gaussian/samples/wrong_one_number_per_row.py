# verdict: partial
# diagnosis: repeated_draw
# about: all dimensions of a sample are the same number
import torch


def sample_gaussian(n, d, var_):
    return torch.randn(n, 1).expand(n, d) * var_ ** 0.5
