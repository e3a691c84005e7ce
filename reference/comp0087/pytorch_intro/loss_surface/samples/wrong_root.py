# verdict: wrong_answer
# diagnosis: not_squared
# about: the root of the mean squared error
import torch


def loss_surface(X, y, w1s, w2s):
    predictions = w1s[:, None, None] * X[:, 0] + w2s[None, :, None] * X[:, 1]
    return ((predictions - y) ** 2).mean(dim=2).sqrt()
