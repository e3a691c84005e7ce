# verdict: partial
# diagnosis: constant_factor
# about: standard normal, not scaled
import torch


def make_true_parameters(d, device):
    return torch.randn(d, device=device), torch.randn(1, device=device)
