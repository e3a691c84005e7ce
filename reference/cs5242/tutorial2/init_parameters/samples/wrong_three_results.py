# verdict: runtime_error
# about: returns a third thing
import torch


def init_parameters(d, device):
    w = torch.randn(d, device=device, requires_grad=True)
    b = torch.randn(1, device=device, requires_grad=True)
    return w, b, w.requires_grad
