# verdict: partial
# diagnosis: constant_factor
# about: the weights are scaled, the bias is not
import torch


def make_true_parameters(d, device):
    return 5 * torch.randn(d, device=device), torch.randn(1, device=device)
