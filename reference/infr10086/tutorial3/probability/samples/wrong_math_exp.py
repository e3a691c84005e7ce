# verdict: partial
# diagnosis: detached
# about: math.exp of a number: no graph, and an OverflowError for a large negative margin
import math

import torch


def probability(y, w, x):
    return torch.tensor(1 / (1 + math.exp(-y * (w @ x).item())), dtype=w.dtype)
