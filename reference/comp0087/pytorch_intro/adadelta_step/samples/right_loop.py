# verdict: accepted
# about: Python numbers, one after the other; returns a list
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    rows = []
    for a, b, c, d in zip(p.tolist(), g.tolist(), v.tolist(), u.tolist()):
        c = rho * c + (1 - rho) * b * b
        delta = ((d + eps) / (c + eps)) ** 0.5 * b
        rows.append((a - lr * delta, c, rho * d + (1 - rho) * delta * delta))
    return [torch.tensor(column, dtype=p.dtype) for column in zip(*rows)]
