# verdict: accepted
# about: log(e^0 + e^-yf)
import torch


def logistic_loss(f, y):
    return torch.logaddexp(torch.zeros_like(f), -y * f)
