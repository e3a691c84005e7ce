# verdict: accepted
# about: boolean masks on a copy
import torch


def sign(s):
    out = torch.empty_like(s)
    mask = s < 0
    out[mask] = -1
    out[~mask] = 1
    return out
