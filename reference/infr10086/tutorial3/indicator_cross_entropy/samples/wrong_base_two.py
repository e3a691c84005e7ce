# verdict: wrong_answer
# about: the logarithm to base 2
import torch


def indicator_cross_entropy(y, w, x):
    return -torch.log2(torch.sigmoid(y * torch.dot(w, x)))
