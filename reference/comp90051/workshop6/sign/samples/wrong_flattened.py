# verdict: partial
# diagnosis: wrong_shape
# about: loses the shape of matrices
import torch


def sign(s):
    return torch.tensor([1.0 if v >= 0 else -1.0 for v in s.flatten()], dtype=s.dtype)
