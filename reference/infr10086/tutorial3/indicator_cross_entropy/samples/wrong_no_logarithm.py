# verdict: wrong_answer
# about: the probability itself
import torch


def indicator_cross_entropy(y, w, x):
    return torch.sigmoid(y * torch.dot(w, x))
