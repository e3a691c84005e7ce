# verdict: wrong_answer
# diagnosis: wrong_shape
# about: one long vector
import torch


def loss_surface(X, y, w1s, w2s):
    W = torch.cartesian_prod(w1s, w2s)
    return ((W @ X.T - y) ** 2).mean(dim=1)
