# verdict: partial
# diagnosis: still_attached
# about: sets the flag first and moves then: not a leaf on another device
import torch


def init_parameters(d, device):
    w = torch.randn(d, requires_grad=True).to(device)
    b = torch.randn(1, requires_grad=True).to(device)
    return w, b
