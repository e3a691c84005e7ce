# verdict: accepted
# about: the criterion of torch.nn
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    criterion = torch.nn.MSELoss()
    return criterion(y_hat, y)
