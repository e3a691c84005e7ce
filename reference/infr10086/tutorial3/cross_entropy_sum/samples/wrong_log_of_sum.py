# verdict: partial
# diagnosis: infinite
# about: log of a sum of exponentials that overflows
import torch


def cross_entropy_sum(w, x_i, y_i):
    s = w @ x_i
    return torch.log(torch.exp(s).sum()) - s[y_i]
