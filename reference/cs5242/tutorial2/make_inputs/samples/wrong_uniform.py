# verdict: partial
# diagnosis: wrong_distribution
# about: rand for randn
import torch


def make_inputs(n, d, device):
    return torch.rand(n, d, device=device)
