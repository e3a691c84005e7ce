# verdict: accepted
# about: two branches, each kept finite before torch.where
import torch


def log_loss(data, labels, weights):
    t = -labels * (data * weights).sum(dim=1)
    up = t > 0
    small = torch.where(up, -t, t)
    return (torch.where(up, t, torch.zeros_like(t)) + torch.log1p(torch.exp(small))).sum()
