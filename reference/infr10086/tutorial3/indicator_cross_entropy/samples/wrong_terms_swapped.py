# verdict: wrong_answer
# about: the indicator picks the other term
import torch


def indicator_cross_entropy(y, w, x):
    p = torch.sigmoid(torch.dot(w, x))
    if y == 1:
        return -torch.log(1 - p)
    return -torch.log(p)
