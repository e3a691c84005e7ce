# verdict: partial
# diagnosis: repeated_draw
# about: seeds on every call
import torch


def init_parameters(d, device):
    torch.manual_seed(5242)
    w = torch.randn(d, device=device, requires_grad=True)
    b = torch.randn(1, device=device, requires_grad=True)
    return w, b
