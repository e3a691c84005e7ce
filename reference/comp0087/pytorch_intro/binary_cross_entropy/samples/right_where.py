# verdict: accepted
# about: picks the probability of what happened, then one logarithm
import torch


def binary_cross_entropy(f, y):
    return -torch.log(torch.where(y == 1, f, 1 - f))
