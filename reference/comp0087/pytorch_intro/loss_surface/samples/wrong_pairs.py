# verdict: runtime_error
# about: pairs the weights one by one, as if the grids had the same length
import torch


def loss_surface(X, y, w1s, w2s):
    W = torch.stack([w1s, w2s])
    return ((X @ W - y[:, None]) ** 2).mean(dim=0)
