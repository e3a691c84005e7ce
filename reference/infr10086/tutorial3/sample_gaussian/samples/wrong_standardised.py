# verdict: partial
# diagnosis: wrong_distribution
# about: centres and scales the draws, which forces the sample mean to 0 and makes them depend on each other
import torch


def sample_gaussian(n, d, var_):
    z = torch.randn(n, d)
    if z.numel() > 1:
        z = (z - z.mean()) / z.std()
    return z * var_ ** 0.5
