# verdict: partial
# diagnosis: mean_for_sum
# about: nn.MSELoss averages unless told otherwise
from torch import nn


def squared_error(w, b, x, y_true):
    return nn.MSELoss()(x @ w + b, y_true)
