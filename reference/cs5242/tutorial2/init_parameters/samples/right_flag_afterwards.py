# verdict: accepted
# about: moves first, sets the flag afterwards
import torch


def init_parameters(d, device):
    w = torch.randn(d).to(device)
    b = torch.randn(1).to(device)
    w.requires_grad_(True)
    b.requires_grad = True
    return w, b
