# verdict: partial
# diagnosis: wrong_dtype
# about: collects the sum in a default tensor
import torch


def weighted_dot(x, y, z):
    total = torch.zeros(())
    for term in (x * y * z).float():
        total = total + term
    return total
