# verdict: partial
# diagnosis: exception
# about: if wants one truth value
import torch


def sign(s):
    if s >= 0:
        return torch.ones_like(s)
    else:
        return -torch.ones_like(s)
