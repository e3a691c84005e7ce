# verdict: partial
# diagnosis: wrong_distribution
# about: rand for randn
import torch


def make_true_parameters(d, device):
    return 5 * torch.rand(d, device=device), -2 * torch.rand(1, device=device)
