# verdict: accepted
# about: as in the tutorial
import torch


def tensor_add(a, b):
    a = torch.tensor(a)
    b = torch.tensor(b)
    c = a + b
    print(c)
    return c
