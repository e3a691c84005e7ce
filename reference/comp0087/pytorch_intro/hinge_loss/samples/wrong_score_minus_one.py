# verdict: wrong_answer
# about: y f - 1
import torch


def hinge_loss(f, y):
    return torch.relu(y * f - 1)
