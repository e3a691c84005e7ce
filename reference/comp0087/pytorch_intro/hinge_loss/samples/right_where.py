# verdict: accepted
# about: a selection by the margin
import torch


def hinge_loss(f, y):
    margin = y * f
    return torch.where(margin < 1, 1 - margin, torch.zeros_like(margin))
