# verdict: wrong_answer
# about: torch's own loss averages
import torch


def binary_cross_entropy(f, y):
    return torch.nn.functional.binary_cross_entropy(f, y)
