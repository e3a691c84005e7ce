# verdict: accepted
# about: eq. (6) as it stands: one over infinity is 0
import torch


def probability(y, w, x):
    return 1 / (1 + torch.exp(-y * (w @ x)))
