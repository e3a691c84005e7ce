# verdict: wrong_answer
# about: the smaller of the two
import torch


def hinge_loss(f, y):
    return torch.minimum(torch.zeros_like(f), 1 - y * f)
