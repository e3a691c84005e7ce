# verdict: wrong_answer
# about: f taken for the probability of the label 0
import torch


def binary_cross_entropy(f, y):
    return -((1 - y) * torch.log(f) + y * torch.log(1 - f))
