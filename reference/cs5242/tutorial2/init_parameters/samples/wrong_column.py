# verdict: wrong_answer
# diagnosis: wrong_shape
# about: w of shape (d, 1)
import torch


def init_parameters(d, device):
    w = torch.randn(d, 1, device=device, requires_grad=True)
    b = torch.randn(1, device=device, requires_grad=True)
    return w, b
