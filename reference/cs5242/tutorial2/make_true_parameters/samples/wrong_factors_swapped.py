# verdict: partial
# diagnosis: constant_factor
# about: -2 for the weights and 5 for the bias
import torch


def make_true_parameters(d, device):
    return -2 * torch.randn(d, device=device), 5 * torch.randn(1, device=device)
