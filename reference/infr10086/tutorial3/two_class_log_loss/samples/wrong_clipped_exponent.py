# verdict: partial
# about: keeps the exponent below 700 by force, which changes the loss
import numpy as np


def two_class_log_loss(w, x_i):
    s = w @ x_i
    return float(np.log1p(np.exp(min(s[1] - s[0], 700.0))))
