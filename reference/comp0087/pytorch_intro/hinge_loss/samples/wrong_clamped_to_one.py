# verdict: partial
# about: no loss is larger than 1
import torch


def hinge_loss(f, y):
    return torch.clamp(1 - y * f, 0, 1)
