# verdict: partial
# diagnosis: mean_for_sum
# about: the mean, as BCEWithLogitsLoss has it
from torch import nn


def logistic_loss(w, b, x, y01):
    return nn.BCEWithLogitsLoss()(x @ w + b, y01)
