# verdict: accepted
# about: two loops over the grid, and the loss of PyTorch
import torch
import torch.nn.functional as F


def loss_surface(X, y, w1s, w2s):
    L = torch.zeros(len(w1s), len(w2s), dtype=X.dtype)
    for i, w1 in enumerate(w1s):
        for j, w2 in enumerate(w2s):
            w = torch.stack([w1, w2])
            L[i, j] = F.mse_loss(X @ w, y)
    return L
