# verdict: partial
# diagnosis: wrong_device
# about: ignores the device
import torch


def make_inputs(n, d, device):
    return torch.randn(n, d)
