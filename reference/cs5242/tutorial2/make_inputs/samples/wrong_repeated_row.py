# verdict: partial
# diagnosis: repeated_draw
# about: one sample, n times
import torch


def make_inputs(n, d, device):
    return torch.randn(d, device=device).repeat(n, 1)
