# verdict: partial
# diagnosis: wrong_device
# about: ignores the device
import torch


def make_true_parameters(d, device):
    return 5 * torch.randn(d), -2 * torch.randn(1)
