# verdict: partial
# diagnosis: detached
# about: the label picks one of two numbers
import math

import torch


def indicator_cross_entropy(y, w, x):
    p = 1 / (1 + math.exp(-float(torch.dot(w, x))))
    return torch.tensor(-math.log(p if y == 1 else 1 - p), dtype=w.dtype)
