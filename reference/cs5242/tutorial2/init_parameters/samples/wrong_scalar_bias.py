# verdict: wrong_answer
# diagnosis: wrong_shape
# about: a bias of shape ()
import torch


def init_parameters(d, device):
    w = torch.randn(d, device=device, requires_grad=True)
    b = torch.randn((), device=device, requires_grad=True)
    return w, b
