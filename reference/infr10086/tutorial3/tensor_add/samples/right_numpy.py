# verdict: accepted
# about: adds in NumPy (fractions in float64) and converts at the end
import numpy as np
import torch


def tensor_add(a, b):
    return torch.from_numpy(np.array(a) + np.array(b))
