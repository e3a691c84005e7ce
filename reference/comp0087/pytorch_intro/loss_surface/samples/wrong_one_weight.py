# verdict: wrong_answer
# about: the loop over w2 uses w1
import torch


def loss_surface(X, y, w1s, w2s):
    L = torch.zeros(len(w1s), len(w2s), dtype=X.dtype)
    for i in range(len(w1s)):
        for j in range(len(w2s)):
            L[i, j] = ((X @ torch.stack([w1s[i], w1s[i]]) - y) ** 2).mean()
    return L
