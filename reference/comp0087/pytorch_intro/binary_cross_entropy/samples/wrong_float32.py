# verdict: partial
# diagnosis: wrong_dtype
# about: converts to single precision
import torch


def binary_cross_entropy(f, y):
    return torch.nn.functional.binary_cross_entropy(f.float(), y.float(), reduction="none")
