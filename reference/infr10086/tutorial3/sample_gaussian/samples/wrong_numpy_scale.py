# verdict: partial
# diagnosis: squared
# about: numpy.random.normal takes the standard deviation
import numpy as np
import torch


def sample_gaussian(n, d, var_):
    return torch.from_numpy(np.random.normal(0, var_, size=(n, d)))
