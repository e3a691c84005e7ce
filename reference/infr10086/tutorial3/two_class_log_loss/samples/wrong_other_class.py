# verdict: partial
# about: the loss of class 1 (the same where the scores are equal)
import numpy as np


def two_class_log_loss(w, x_i):
    s = w @ x_i
    return float(np.logaddexp(0, s[0] - s[1]))
