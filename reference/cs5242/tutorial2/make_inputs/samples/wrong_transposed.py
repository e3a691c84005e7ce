# verdict: partial
# diagnosis: wrong_shape
# about: one sample a column
import torch


def make_inputs(n, d, device):
    return torch.randn(d, n, device=device)
