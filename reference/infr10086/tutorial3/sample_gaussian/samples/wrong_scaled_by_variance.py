# verdict: partial
# diagnosis: squared
# about: times var_, not its square root (right for 1)
import torch


def sample_gaussian(n, d, var_):
    return torch.randn(n, d) * var_
