# verdict: accepted
# about: one Gaussian number after the other from the standard library
import random

import torch


def make_inputs(n, d, device):
    rows = [[random.gauss(0, 1) for _ in range(d)] for _ in range(n)]
    return torch.tensor(rows, device=device)
