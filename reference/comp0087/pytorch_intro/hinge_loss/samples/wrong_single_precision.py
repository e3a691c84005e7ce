# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def hinge_loss(f, y):
    return torch.relu(1 - y.float() * f.float()).to(f.dtype)
