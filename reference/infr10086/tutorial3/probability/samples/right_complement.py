# verdict: accepted
# about: one minus the other label's probability
import torch


def probability(y, w, x):
    p = torch.sigmoid((w * x).sum())
    if y == 1:
        return p
    return 1 - p
