# verdict: partial
# diagnosis: wrong_value
# about: zero is counted as negative
import torch


def sign(s):
    return torch.where(s > 0, torch.ones_like(s), -torch.ones_like(s))
