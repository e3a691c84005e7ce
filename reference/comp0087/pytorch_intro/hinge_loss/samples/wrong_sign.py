# verdict: wrong_answer
# about: 1 + y f
import torch


def hinge_loss(f, y):
    return torch.relu(1 + y * f)
