# verdict: wrong_answer
# diagnosis: wrong_type
# about: the right numbers in a list
import torch


def tensor_add(a, b):
    return (torch.tensor(a) + torch.tensor(b)).tolist()
