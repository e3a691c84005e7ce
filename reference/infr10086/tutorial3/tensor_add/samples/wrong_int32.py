# verdict: partial
# about: a narrower integer type, chosen by hand
import torch


def tensor_add(a, b):
    c = torch.tensor(a) + torch.tensor(b)
    if not c.is_floating_point():
        c = c.to(torch.int32)
    return c
