# verdict: wrong_answer
# about: adds both terms
import torch


def indicator_cross_entropy(y, w, x):
    p = torch.sigmoid(torch.dot(w, x))
    return -torch.log(p) - torch.log(1 - p)
