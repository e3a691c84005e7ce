# verdict: partial
# diagnosis: wrong_value
# about: reads the sign bit, so that -0.0 is negative
import torch


def sign(s):
    return torch.copysign(torch.ones_like(s), s)
