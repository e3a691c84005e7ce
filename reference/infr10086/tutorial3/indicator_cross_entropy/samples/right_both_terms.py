# verdict: accepted
# about: eq. (7) as it stands, with both terms
import torch


def indicator_cross_entropy(y, w, x):
    p_plus = 1 / (1 + torch.exp(-torch.dot(w, x)))
    p_minus = 1 / (1 + torch.exp(torch.dot(w, x)))
    indicator = 1 if y == 1 else 0
    return indicator * -torch.log(p_plus) + (1 - indicator) * -torch.log(p_minus)
