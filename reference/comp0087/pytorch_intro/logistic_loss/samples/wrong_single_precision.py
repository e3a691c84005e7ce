# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def logistic_loss(f, y):
    return torch.nn.functional.softplus(-(y * f).float()).to(f.dtype)
