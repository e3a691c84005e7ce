# verdict: partial
# about: nothing for the label 0
import torch


def binary_cross_entropy(f, y):
    return -y * torch.log(f)
