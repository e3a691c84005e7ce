# verdict: wrong_answer
# about: the mean absolute error
import torch


def loss_surface(X, y, w1s, w2s):
    predictions = w1s[:, None, None] * X[:, 0] + w2s[None, :, None] * X[:, 1]
    return (predictions - y).abs().mean(dim=2)
