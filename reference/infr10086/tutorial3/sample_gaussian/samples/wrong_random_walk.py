# verdict: partial
# diagnosis: repeated_draw
# about: each row leans on the one before it; every single number has the right distribution
import torch


def sample_gaussian(n, d, var_):
    z = torch.randn(n + 1, d)
    return (0.8 * z[1:] + 0.6 * z[:-1]) * var_ ** 0.5
