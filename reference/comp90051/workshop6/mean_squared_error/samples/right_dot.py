# verdict: accepted
# about: an inner product over n
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    diff = y - y_hat
    return torch.dot(diff, diff) / len(y)
