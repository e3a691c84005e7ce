# verdict: wrong_answer
# about: the maximum over the examples
import torch


def hinge_loss(f, y):
    return torch.max(1 - y * f)
