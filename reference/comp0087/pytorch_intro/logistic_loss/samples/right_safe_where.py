# verdict: accepted
# about: two formulas, each fed with harmless numbers where it is not chosen
import torch


def logistic_loss(f, y):
    margin = y * f
    positive = margin > 0
    small = torch.where(positive, -margin, margin)
    log_part = torch.log1p(small.exp())
    return torch.where(positive, log_part, log_part - small)
