# verdict: accepted
# about: torch.sign, with its zeros replaced
import torch


def sign(s):
    r = torch.sign(s)
    r[r == 0] = 1.0
    return r
