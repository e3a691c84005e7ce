# verdict: wrong_answer
# about: the log loss
import torch


def probability(y, w, x):
    return torch.nn.functional.softplus(-y * torch.dot(w, x))
