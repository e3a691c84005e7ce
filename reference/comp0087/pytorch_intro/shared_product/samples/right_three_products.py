# verdict: accepted
# about: three products with named intermediates
import torch


def shared_product(a, b, c, d):
    e = torch.mul(a, b)
    left = c * e
    right = d * e
    return left + right
