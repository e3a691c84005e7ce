import math

import torch


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    """Gradient descent on the average negative log-likelihood of samples (n, d), from mu0 (d,).

    Returns (mu, losses): the final mean and the list of `steps` losses, each taken before its update.
    """
    losses = []
    raise NotImplementedError
