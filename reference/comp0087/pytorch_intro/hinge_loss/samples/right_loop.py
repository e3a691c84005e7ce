# verdict: accepted
# about: Python's max of two 0-dim tensors, one entry after the other
import torch


def hinge_loss(f, y):
    nothing = torch.zeros((), dtype=f.dtype)
    return torch.stack([max(nothing, 1 - label * score) for score, label in zip(f, y)])
