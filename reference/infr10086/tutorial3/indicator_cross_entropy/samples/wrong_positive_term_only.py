# verdict: partial
# about: leaves the second term out: 0 for label -1
import torch


def indicator_cross_entropy(y, w, x):
    indicator = float(y == 1)
    return indicator * -torch.log(torch.sigmoid(torch.dot(w, x)))
