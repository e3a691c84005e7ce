import torch


def indicator_cross_entropy(y, w, x):
    """1[y = 1] * (-log p(1 | x)) + (1 - 1[y = 1]) * (-log p(-1 | x)) for logistic regression; a scalar tensor."""
    raise NotImplementedError
