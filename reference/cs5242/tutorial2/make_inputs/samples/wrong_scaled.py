# verdict: partial
# diagnosis: wrong_distribution
# about: a standard deviation of 5, as the true weights have
import torch


def make_inputs(n, d, device):
    return 5 * torch.randn(n, d, device=device)
