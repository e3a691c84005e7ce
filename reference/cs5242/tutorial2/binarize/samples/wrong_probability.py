# verdict: wrong_answer
# diagnosis: wrong_value
# about: a probability, not rounded
import torch


def binarize(y):
    return torch.sigmoid(y)
