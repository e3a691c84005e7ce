# verdict: accepted
# about: a loop over the examples, softplus
import torch
import torch.nn.functional as F


def log_loss(X, y, w):
    total = 0.0
    for x_i, y_i in zip(X, y):
        total = total + F.softplus(-y_i * torch.dot(w, x_i))
    return total
