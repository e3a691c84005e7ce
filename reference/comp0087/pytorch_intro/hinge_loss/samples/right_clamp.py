# verdict: accepted
# about: clamps from below
import torch


def hinge_loss(f, y):
    return torch.clamp(1 - y * f, min=0)
