# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def binary_cross_entropy(f, y):
    return torch.nn.functional.binary_cross_entropy(f.float(), y.float(), reduction="none").to(f.dtype)
