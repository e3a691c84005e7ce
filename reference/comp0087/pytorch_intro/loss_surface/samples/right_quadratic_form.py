# verdict: accepted
# about: expands the square, so that the data are passed over once
import torch


def loss_surface(X, y, w1s, w2s):
    n = X.shape[0]
    G = X.T @ X / n
    b = X.T @ y / n
    c = y @ y / n
    p, q = w1s.unsqueeze(1), w2s.unsqueeze(0)
    return G[0, 0] * p**2 + 2 * G[0, 1] * p * q + G[1, 1] * q**2 - 2 * (b[0] * p + b[1] * q) + c
