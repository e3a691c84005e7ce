import torch


def log_loss(X, y, w):
    """The sum of log(1 + exp(-y_i * w.x_i)) over the rows x_i of X (n, d), with labels y (n,) of +1 and -1."""
    raise NotImplementedError
