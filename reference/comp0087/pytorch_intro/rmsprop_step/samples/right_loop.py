# verdict: accepted
# about: Python numbers, one after the other; returns a list
import math

import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    new_p, new_v = [], []
    for a, b, c in zip(p.tolist(), g.tolist(), v.tolist()):
        c = c + (1 - alpha) * (b * b - c)
        new_v.append(c)
        new_p.append(a - lr / (math.sqrt(c) + eps) * b)
    return [torch.tensor(new_p, dtype=p.dtype), torch.tensor(new_v, dtype=p.dtype)]
