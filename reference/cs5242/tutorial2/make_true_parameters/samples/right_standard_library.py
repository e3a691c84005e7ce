# verdict: accepted
# about: a loop over Gaussian numbers of the standard library
import random

import torch


def make_true_parameters(d, device):
    w = torch.tensor([random.gauss(0, 5) for _ in range(d)], device=device)
    b = torch.tensor([-2 * random.gauss(0, 1)], device=device)
    return w, b
