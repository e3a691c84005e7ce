# verdict: wrong_answer
# diagnosis: wrong_shape
# about: one number a feature
import torch


def probability(y, w, x):
    return torch.sigmoid(y * w * x)
