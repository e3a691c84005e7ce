# verdict: partial
# diagnosis: wrong_distribution
# about: every feature is brought to mean 0 and variance 1, so that the last sample follows from the others
import torch


def make_inputs(n, d, device):
    x = torch.randn(n, d, device=device)
    return (x - x.mean(dim=0)) / x.std(dim=0, correction=0)
