# verdict: partial
# diagnosis: squared
# about: the squared hinge loss
import torch


def hinge_loss(f, y):
    return torch.relu(1 - y * f) ** 2
