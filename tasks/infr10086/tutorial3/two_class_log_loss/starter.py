import numpy as np


def two_class_log_loss(w, x_i):
    """log(1 + exp(s1 - s0)) for the scores s = w @ x_i; w is (2, d), x_i is (d,); a float."""
    s = w @ x_i
    raise NotImplementedError
