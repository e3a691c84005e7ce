# verdict: wrong_answer
# about: every label is taken for +1
import torch


def hinge_loss(f, y):
    return torch.relu(1 - f)
