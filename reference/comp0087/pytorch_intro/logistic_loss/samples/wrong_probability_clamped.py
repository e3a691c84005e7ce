# verdict: partial
# about: keeps the probability away from zero
import torch


def logistic_loss(f, y):
    return -torch.log(torch.sigmoid(y * f).clamp(min=1e-12))
