# verdict: wrong_answer
# diagnosis: wrong_dtype
# about: torch.where of two Python ints gives int64
import torch


def sign(s):
    return torch.where(s >= 0, 1, -1)
