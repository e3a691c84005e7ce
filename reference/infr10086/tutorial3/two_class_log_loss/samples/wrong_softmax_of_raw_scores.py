# verdict: partial
# diagnosis: not_a_number
# about: exponentials of the scores themselves
import numpy as np


def two_class_log_loss(w, x_i):
    e = np.exp(w @ x_i)
    return float(-np.log(e[0] / e.sum()))
