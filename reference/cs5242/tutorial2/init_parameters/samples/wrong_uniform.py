# verdict: partial
# diagnosis: wrong_distribution
# about: rand for randn
import torch


def init_parameters(d, device):
    w = torch.rand(d, device=device, requires_grad=True)
    b = torch.rand(1, device=device, requires_grad=True)
    return w, b
