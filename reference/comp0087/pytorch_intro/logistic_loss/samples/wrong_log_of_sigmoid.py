# verdict: partial
# diagnosis: infinite
# about: the sigmoid underflows before its logarithm is taken
import torch


def logistic_loss(f, y):
    return -torch.log(torch.sigmoid(y * f))
