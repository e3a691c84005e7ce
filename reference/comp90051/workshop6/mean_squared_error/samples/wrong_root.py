# verdict: wrong_answer
# diagnosis: not_squared
# about: the root mean squared error
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return torch.sqrt(((y_hat - y) ** 2).mean())
