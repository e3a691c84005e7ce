# verdict: wrong_answer
# about: weights the terms by the model's own probabilities: its entropy
import torch


def indicator_cross_entropy(y, w, x):
    p = torch.sigmoid(y * torch.dot(w, x))
    return -(p * torch.log(p) + (1 - p) * torch.log(1 - p))
