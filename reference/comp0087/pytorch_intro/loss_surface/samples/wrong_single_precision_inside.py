# verdict: partial
# about: computes in float32 and converts back
import torch


def loss_surface(X, y, w1s, w2s):
    dtype = X.dtype
    X, y, w1s, w2s = (t.float() for t in (X, y, w1s, w2s))
    predictions = w1s[:, None, None] * X[:, 0] + w2s[None, :, None] * X[:, 1]
    return ((predictions - y) ** 2).mean(dim=2).to(dtype)
