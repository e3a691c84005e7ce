# verdict: partial
# about: always the loss of +1
import torch


def indicator_cross_entropy(y, w, x):
    return -torch.log(torch.sigmoid(torch.dot(w, x)))
