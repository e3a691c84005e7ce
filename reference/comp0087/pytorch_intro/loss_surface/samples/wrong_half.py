# verdict: wrong_answer
# diagnosis: constant_factor
# about: a half before the mean
import torch


def loss_surface(X, y, w1s, w2s):
    predictions = w1s[:, None, None] * X[:, 0] + w2s[None, :, None] * X[:, 1]
    return 0.5 * ((predictions - y) ** 2).mean(dim=2)
