import torch


def probability(y, w, x):
    """p(y | x) = 1 / (1 + exp(-y * w.x)) for a label y of 1 or -1; w and x are (d,); a scalar tensor."""
    raise NotImplementedError
