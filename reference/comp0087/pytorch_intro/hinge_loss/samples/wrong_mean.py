# verdict: wrong_answer
# diagnosis: wrong_axis
# about: averages the losses
import torch


def hinge_loss(f, y):
    return torch.relu(1 - y * f).mean()
