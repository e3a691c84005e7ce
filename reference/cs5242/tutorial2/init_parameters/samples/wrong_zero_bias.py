# verdict: partial
# about: a bias of zero
import torch


def init_parameters(d, device):
    w = torch.randn(d, device=device, requires_grad=True)
    b = torch.zeros(1, device=device, requires_grad=True)
    return w, b
