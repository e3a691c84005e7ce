# verdict: partial
# diagnosis: mean_for_sum
# about: the mean over the samples
import torch


def squared_error(w, b, x, y_true):
    return torch.mean((x @ w + b - y_true) ** 2)
