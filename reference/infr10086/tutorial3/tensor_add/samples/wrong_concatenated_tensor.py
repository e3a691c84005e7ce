# verdict: wrong_answer
# diagnosis: wrong_shape
# about: concatenates the lists and makes a tensor of that
import torch


def tensor_add(a, b):
    return torch.tensor(a + b)
