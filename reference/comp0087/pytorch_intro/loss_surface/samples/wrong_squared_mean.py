# verdict: partial
# about: squares the mean error (right for one sample)
import torch


def loss_surface(X, y, w1s, w2s):
    predictions = w1s[:, None, None] * X[:, 0] + w2s[None, :, None] * X[:, 1]
    return (predictions - y).mean(dim=2) ** 2
