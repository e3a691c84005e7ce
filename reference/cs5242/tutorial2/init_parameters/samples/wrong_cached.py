# verdict: partial
# diagnosis: repeated_draw
# about: draws once when the file is imported
import torch

NOISE = torch.randn(1001)


def init_parameters(d, device):
    w = NOISE[:d].to(device).clone().requires_grad_()
    b = NOISE[1000:].to(device).clone().requires_grad_()
    return w, b
