# verdict: accepted
# about: the last product and sum in one operator
import torch


def shared_product(a, b, c, d):
    e = a * b
    return torch.addcmul(c * e, d, e)
