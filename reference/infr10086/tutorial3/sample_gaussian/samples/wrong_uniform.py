# verdict: partial
# diagnosis: wrong_distribution
# about: uniform draws with the right mean and variance
import torch


def sample_gaussian(n, d, var_):
    return (torch.rand(n, d) - 0.5) * (12 * var_) ** 0.5
