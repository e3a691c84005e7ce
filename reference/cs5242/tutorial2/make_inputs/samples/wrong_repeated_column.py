# verdict: partial
# diagnosis: repeated_draw
# about: one number for all features of a sample
import torch


def make_inputs(n, d, device):
    return torch.randn(n, 1, device=device).expand(n, d)
