# verdict: wrong_answer
# about: adds a to itself
import torch


def tensor_add(a, b):
    a = torch.tensor(a)
    b = torch.tensor(a)
    return a + b
