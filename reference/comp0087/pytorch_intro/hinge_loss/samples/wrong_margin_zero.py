# verdict: partial
# about: the perceptron's loss: zero as soon as the sign is right (no difference where every score is beyond the margin)
import torch


def hinge_loss(f, y):
    return torch.relu(-y * f)
