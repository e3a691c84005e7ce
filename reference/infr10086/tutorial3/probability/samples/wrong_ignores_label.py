# verdict: partial
# about: the probability of +1, whatever y is
import torch


def probability(y, w, x):
    return torch.sigmoid(w @ x)
