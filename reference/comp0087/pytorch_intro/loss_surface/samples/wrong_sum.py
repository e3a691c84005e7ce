# verdict: partial
# diagnosis: sum_for_mean
# about: the sum of squares (right for one sample)
import torch


def loss_surface(X, y, w1s, w2s):
    predictions = w1s[:, None, None] * X[:, 0] + w2s[None, :, None] * X[:, 1]
    return ((predictions - y) ** 2).sum(dim=2)
