# verdict: wrong_answer
# diagnosis: wrong_shape
# about: the losses of both classes
import numpy as np


def two_class_log_loss(w, x_i):
    s = w @ x_i
    return np.array([np.logaddexp(0, s[1] - s[0]), np.logaddexp(0, s[0] - s[1])])
