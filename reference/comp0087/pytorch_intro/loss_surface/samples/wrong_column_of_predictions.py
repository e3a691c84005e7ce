# verdict: partial
# about: compares a column of predictions with a row of targets (right for one sample)
import torch


def loss_surface(X, y, w1s, w2s):
    L = torch.zeros(len(w1s), len(w2s), dtype=X.dtype)
    for i in range(len(w1s)):
        for j in range(len(w2s)):
            w = torch.stack([w1s[i], w2s[j]]).reshape(2, 1)
            L[i, j] = ((X @ w - y) ** 2).mean()
    return L
