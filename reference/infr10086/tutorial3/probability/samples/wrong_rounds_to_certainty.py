# verdict: partial
# about: takes a score beyond 10 for certainty
import torch


def probability(y, w, x):
    z = y * torch.dot(w, x)
    if z.abs() > 10:
        return (z > 0).to(z.dtype)
    return torch.sigmoid(z)
