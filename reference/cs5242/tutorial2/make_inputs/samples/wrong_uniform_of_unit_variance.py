# verdict: partial
# diagnosis: wrong_distribution
# about: uniform numbers with the mean and the variance of standard normal ones
import torch


def make_inputs(n, d, device):
    return (torch.rand(n, d, device=device) - 0.5) * 12**0.5
