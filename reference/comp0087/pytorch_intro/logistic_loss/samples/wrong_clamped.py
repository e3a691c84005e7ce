# verdict: partial
# about: cuts the exponent off
import torch


def logistic_loss(f, y):
    return torch.log1p(torch.exp((-y * f).clamp(max=50)))
