# verdict: accepted
# about: a loop over the flattened tensor
import torch


def step(v):
    if v >= 0:
        return 1.0
    return -1.0


def sign(s):
    values = [step(v.item()) for v in s.reshape(-1)]
    return torch.tensor(values, dtype=s.dtype).reshape(s.shape)
