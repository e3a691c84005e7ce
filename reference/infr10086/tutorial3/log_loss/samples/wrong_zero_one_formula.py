# verdict: wrong_answer
# about: the formula for labels of 0 and 1
import torch
import torch.nn.functional as F


def log_loss(X, y, w):
    s = X @ w
    return -(y * F.logsigmoid(s) + (1 - y) * F.logsigmoid(-s)).sum()
