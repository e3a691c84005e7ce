# verdict: accepted
# about: the exponential of the log-probability
import torch
import torch.nn.functional as F


def probability(label, weights, features):
    margin = sum(a * b for a, b in zip(weights, features)) * label
    return F.logsigmoid(margin).exp()
