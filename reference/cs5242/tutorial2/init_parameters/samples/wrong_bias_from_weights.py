# verdict: partial
# diagnosis: repeated_draw
# about: the bias is the first weight
import torch


def init_parameters(d, device):
    w = torch.randn(d, device=device, requires_grad=True)
    b = w.detach()[:1].clone().requires_grad_()
    return w, b
