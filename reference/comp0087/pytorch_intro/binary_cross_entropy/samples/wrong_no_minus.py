# verdict: wrong_answer
# diagnosis: sign
# about: the log-likelihood
import torch


def binary_cross_entropy(f, y):
    return y * torch.log(f) + (1 - y) * torch.log(1 - f)
