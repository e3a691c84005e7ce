# verdict: partial
# about: 0 or 1 by the sign of the margin: right far from zero only, and without a gradient
import torch


def probability(y, w, x):
    return (y * torch.dot(w, x) > 0).to(w.dtype)
