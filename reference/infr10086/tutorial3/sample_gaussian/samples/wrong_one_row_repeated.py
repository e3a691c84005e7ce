# verdict: partial
# diagnosis: repeated_draw
# about: one sample, n times
import torch


def sample_gaussian(n, d, var_):
    x = torch.randn(d) * var_ ** 0.5
    return x.repeat(n, 1)
