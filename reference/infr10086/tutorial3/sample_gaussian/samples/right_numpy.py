# verdict: accepted
# about: NumPy's global generator, as in the tutorial; float64
import math

import numpy
import torch


def sample_gaussian(n, d, var_):
    samples = torch.tensor(numpy.random.standard_normal((n, d)) * math.sqrt(var_))
    print(samples.mean(), samples.var())
    return samples
