# verdict: wrong_answer
# diagnosis: detached
# about: computes with Python numbers
import torch


def shared_product(a, b, c, d):
    e = a.item() * b.item()
    return torch.tensor(c.item() * e + d.item() * e, dtype=a.dtype)
