# verdict: wrong_answer
# diagnosis: wrong_type
# about: a float
import torch


def probability(y, w, x):
    return torch.sigmoid(y * torch.dot(w, x)).item()
