# verdict: partial
# diagnosis: exception
# about: .view needs contiguous memory
import torch


def loss_surface(X, y, w1s, w2s):
    a = w1s.view(-1, 1, 1) * X.view(-1)[0::2]
    b = w2s.view(1, -1, 1) * X.view(-1)[1::2]
    return ((a + b - y) ** 2).mean(dim=-1)
