# verdict: accepted
# about: a dot product of two entries besides a·b
import torch


def shared_product(a, b, c, d):
    e = a * b
    return torch.dot(torch.stack([c, d]), torch.stack([e, e]))
