# verdict: partial
# diagnosis: wrong_shape
# about: the bias first
import torch


def make_true_parameters(d, device):
    return -2 * torch.randn(1, device=device), 5 * torch.randn(d, device=device)
