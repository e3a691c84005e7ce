# verdict: partial
# diagnosis: wrong_shape
# about: zip over the outer level only: rows of nested lists are concatenated
import torch


def tensor_add(a, b):
    return torch.tensor([x + y for x, y in zip(a, b)])
