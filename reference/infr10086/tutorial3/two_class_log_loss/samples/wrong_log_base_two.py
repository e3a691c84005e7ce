# verdict: partial
# about: the loss in bits
import numpy as np


def two_class_log_loss(w, x_i):
    s = w @ x_i
    return float(np.logaddexp2(0.0, (s[1] - s[0]) / np.log(2.0)))
