# verdict: partial
# diagnosis: wrong_dtype
# about: converts to single precision
import torch


def hinge_loss(f, y):
    return torch.relu(1 - y.float() * f.float())
