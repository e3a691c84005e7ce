# verdict: partial
# diagnosis: still_attached
# about: the scaled true parameters of Q1, which are no leaves
import torch


def init_parameters(d, device):
    w = 5 * torch.randn(d, device=device, requires_grad=True)
    b = -2 * torch.randn(1, device=device, requires_grad=True)
    return w, b
