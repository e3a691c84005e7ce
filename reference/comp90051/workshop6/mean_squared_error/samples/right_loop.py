# verdict: accepted
# about: adds the squares one by one
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    total = 0.0
    for p, t in zip(y_hat, y):
        total = total + (p - t) * (p - t)
    return total / y.numel()
