# verdict: partial
# diagnosis: wrong_dtype
# about: collects the losses in a default tensor
import torch


def loss_surface(X, y, w1s, w2s):
    L = torch.zeros(len(w1s), len(w2s))
    for i in range(len(w1s)):
        for j in range(len(w2s)):
            L[i, j] = ((w1s[i] * X[:, 0] + w2s[j] * X[:, 1] - y) ** 2).mean()
    return L
