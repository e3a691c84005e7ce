import torch
from torch import nn


def cross_entropy_sum(w, x_i, y_i):
    """Cross entropy of the scores w @ x_i, with w (C, d) and x_i (d,), for the class y_i; a scalar tensor."""
    raise NotImplementedError
