# verdict: accepted
# about: Python numbers, one after the other; returns a list
import math

import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    rows = []
    for a, b, c, d in zip(p.tolist(), g.tolist(), m.tolist(), v.tolist()):
        c = beta1 * c + (1 - beta1) * b
        d = beta2 * d + (1 - beta2) * b * b
        c_hat = c / (1 - beta1**t)
        d_hat = d / (1 - beta2**t)
        rows.append((a - lr * c_hat / (math.sqrt(d_hat) + eps), c, d))
    return [torch.tensor(column, dtype=p.dtype) for column in zip(*rows)]
