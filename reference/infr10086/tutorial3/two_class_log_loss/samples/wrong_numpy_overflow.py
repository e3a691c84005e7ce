# verdict: partial
# diagnosis: infinite
# about: np.exp overflows to infinity with a warning
import numpy as np


def two_class_log_loss(w, x_i):
    s = w @ x_i
    return float(np.log(1 + np.exp(s[1] - s[0])))
