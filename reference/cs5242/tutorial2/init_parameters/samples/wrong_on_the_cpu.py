# verdict: partial
# diagnosis: wrong_device
# about: ignores the device
import torch


def init_parameters(d, device):
    return torch.randn(d, requires_grad=True), torch.randn(1, requires_grad=True)
