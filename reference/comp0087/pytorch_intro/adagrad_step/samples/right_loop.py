# verdict: accepted
# about: Python numbers, one after the other; returns a list
import math

import torch


def adagrad_step(p, g, s, lr, eps):
    new_p, new_s = [], []
    for a, b, c in zip(p.tolist(), g.tolist(), s.tolist()):
        c = c + b * b
        new_s.append(c)
        new_p.append(a - lr * b / (math.sqrt(c) + eps))
    return [torch.tensor(new_p, dtype=p.dtype), torch.tensor(new_s, dtype=p.dtype)]
