# verdict: partial
# about: cuts the fractions off
import torch


def tensor_add(a, b):
    return torch.tensor(a, dtype=torch.int64) + torch.tensor(b, dtype=torch.int64)
