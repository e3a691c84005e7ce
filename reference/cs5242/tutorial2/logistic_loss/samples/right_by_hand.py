# verdict: accepted
# about: the larger of score and zero is taken out by hand, one sample after the other
import torch


def logistic_loss(w, b, x, y01):
    total = torch.zeros((), dtype=x.dtype, device=x.device)
    for row, label in zip(x, y01, strict=True):
        s = row @ w + b[0]
        total = total + s.clamp(min=0) - label * s + torch.log1p(torch.exp(-s.abs()))
    return total
