# verdict: partial
# about: y itself in place of the indicator (right for +1)
import torch


def indicator_cross_entropy(y, w, x):
    p = torch.sigmoid(torch.dot(w, x))
    return y * -torch.log(p) + (1 - y) * -torch.log(1 - p)
