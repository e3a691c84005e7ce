# verdict: partial
# diagnosis: not_a_number
# about: the branch that is not chosen sends nan back
import torch


def logistic_loss(f, y):
    t = -y * f
    return torch.where(t > 50, t, torch.log1p(torch.exp(t)))
