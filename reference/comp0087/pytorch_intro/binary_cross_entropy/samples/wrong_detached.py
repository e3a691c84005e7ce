# verdict: partial
# diagnosis: detached
# about: right values, computed in NumPy
import numpy as np
import torch


def binary_cross_entropy(f, y):
    p = np.where(y.numpy() == 1, f.detach().numpy(), 1 - f.detach().numpy())
    return torch.from_numpy(-np.log(p))
