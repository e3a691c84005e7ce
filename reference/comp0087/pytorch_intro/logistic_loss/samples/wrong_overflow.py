# verdict: partial
# diagnosis: infinite
# about: the formula as it stands
import torch


def logistic_loss(f, y):
    return torch.log(1 + torch.exp(-y * f))
