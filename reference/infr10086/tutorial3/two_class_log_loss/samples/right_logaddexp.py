# verdict: accepted
# about: the log of the sum of both exponentials, minus the score of class 0; a NumPy float
import numpy as np


def two_class_log_loss(w, x_i):
    s = w @ x_i
    return np.logaddexp(s[0], s[1]) - s[0]
