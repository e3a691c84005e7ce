# verdict: wrong_answer
# about: the first weight multiplies the second feature
import torch


def loss_surface(X, y, w1s, w2s):
    predictions = w1s[:, None, None] * X[:, 1] + w2s[None, :, None] * X[:, 0]
    return ((predictions - y) ** 2).mean(dim=2)
