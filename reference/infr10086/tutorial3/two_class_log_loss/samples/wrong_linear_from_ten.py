# verdict: partial
# about: takes the gap itself for the loss from 10 on, where it is not yet right
import numpy as np


def two_class_log_loss(w, x_i):
    s = w @ x_i
    gap = s[1] - s[0]
    return float(gap if gap > 10 else np.log1p(np.exp(gap)))
