# verdict: partial
# about: p to the power of y
import torch


def probability(y, w, x):
    return torch.sigmoid(w @ x) ** y
