# verdict: partial
# diagnosis: transposed
# about: a row for every w2
import torch


def loss_surface(X, y, w1s, w2s):
    rows = []
    for w2 in w2s:
        rows.append(torch.stack([((w1 * X[:, 0] + w2 * X[:, 1] - y) ** 2).mean() for w1 in w1s]))
    return torch.stack(rows)
