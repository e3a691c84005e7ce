# verdict: wrong_answer
# diagnosis: wrong_shape
# about: one number, the sum of everything
import torch


def tensor_add(a, b):
    return (torch.tensor(a) + torch.tensor(b)).sum()
