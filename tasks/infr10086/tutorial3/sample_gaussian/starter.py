import math

import torch


def sample_gaussian(n, d, var_):
    """A tensor (n, d) of independent draws from a Gaussian with mean 0 and variance var_."""
    raise NotImplementedError
