# verdict: accepted
# about: the right side of eq. (7)
import torch


def indicator_cross_entropy(y, w, x):
    return torch.nn.functional.softplus(-y * (w @ x))
