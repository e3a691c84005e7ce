# verdict: partial
# diagnosis: wrong_device
# about: moves only the weights
import torch


def make_true_parameters(d, device):
    return 5 * torch.randn(d).to(device), -2 * torch.randn(1)
