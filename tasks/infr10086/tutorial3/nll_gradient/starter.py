import math

import torch


def nll_gradient(samples, mu, var_):
    """Gradient (d,) at mu of the average negative log-likelihood of samples (n, d); the inputs stay as they are."""
    n, d = samples.shape
    raise NotImplementedError
