# verdict: accepted
# about: both scores shifted by the larger one
import numpy as np


def two_class_log_loss(w, x_i):
    s = np.dot(w, x_i)
    m = s.max()
    return float(m + np.log(np.exp(s - m).sum()) - s[0])
