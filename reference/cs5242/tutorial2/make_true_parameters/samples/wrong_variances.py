# verdict: partial
# diagnosis: constant_factor
# about: 5 and 2 taken for variances
import torch


def make_true_parameters(d, device):
    return 5**0.5 * torch.randn(d, device=device), 2**0.5 * torch.randn(1, device=device)
