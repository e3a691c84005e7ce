# verdict: partial
# diagnosis: missing_gradient
# about: forgets requires_grad for the bias
import torch


def init_parameters(d, device):
    w = torch.randn(d, device=device, requires_grad=True)
    b = torch.randn(1, device=device)
    return w, b
