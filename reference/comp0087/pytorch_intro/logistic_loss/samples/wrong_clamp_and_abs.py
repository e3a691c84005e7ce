# verdict: partial
# diagnosis: wrong_gradient
# about: clamp passes the whole gradient on at zero
import torch


def logistic_loss(f, y):
    t = -y * f
    return t.clamp(min=0) + torch.log1p(torch.exp(-t.abs()))
