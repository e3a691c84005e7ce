# verdict: accepted
# about: all pairs of weights as columns of a matrix
import torch


def loss_surface(X, y, w1s, w2s):
    a, b = torch.meshgrid(w1s, w2s, indexing="ij")
    W = torch.stack([a.reshape(-1), b.reshape(-1)])
    errors = X @ W - y.reshape(-1, 1)
    return torch.mean(errors**2, dim=0).reshape(len(w1s), len(w2s))
