# verdict: accepted
# about: NumPy, broadcast over four dimensions
import numpy as np
import torch


def loss_surface(X, y, w1s, w2s):
    x1, x2, t = X.numpy()[:, 0], X.numpy()[:, 1], y.numpy()
    e = np.add.outer(np.multiply.outer(w1s.numpy(), x1), np.multiply.outer(w2s.numpy(), x2))
    e = np.einsum("iajb->ijab", e)
    e = np.einsum("ijaa->ija", e)
    return torch.from_numpy(((e - t) ** 2).mean(axis=2))
