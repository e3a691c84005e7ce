# verdict: partial
# diagnosis: detached
# about: detaches the weights
import torch


def probability(y, w, x):
    return torch.sigmoid(y * torch.dot(w.detach(), x))
