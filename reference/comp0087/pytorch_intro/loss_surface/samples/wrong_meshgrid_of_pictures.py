# verdict: partial
# diagnosis: transposed
# about: the meshgrid that pictures want
import torch


def loss_surface(X, y, w1s, w2s):
    a, b = torch.meshgrid(w1s, w2s, indexing="xy")
    errors = a[..., None] * X[:, 0] + b[..., None] * X[:, 1] - y
    return (errors**2).mean(-1)
