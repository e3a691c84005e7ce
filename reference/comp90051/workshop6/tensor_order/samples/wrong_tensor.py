# verdict: wrong_answer
# diagnosis: wrong_type
# about: a tensor of order 0
import torch


def tensor_order(x):
    return torch.tensor(x.dim())
