# verdict: wrong_answer
# diagnosis: wrong_type
# about: a Python number
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return ((y_hat - y) ** 2).mean().item()
