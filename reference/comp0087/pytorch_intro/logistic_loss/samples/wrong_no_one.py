# verdict: wrong_answer
# about: the 1 inside the logarithm is missing
import torch


def logistic_loss(f, y):
    return torch.log(torch.exp(-y * f))
