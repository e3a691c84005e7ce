import torch


def tensor_add(a, b):
    """The tensor of elementwise sums of two equally shaped, possibly nested lists of numbers."""
    raise NotImplementedError
