# verdict: runtime_error
# diagnosis: exception
# about: x_i @ w does not fit, but for two features, where it is wrong
import numpy as np


def two_class_log_loss(w, x_i):
    s = x_i @ w
    return float(np.logaddexp(0, s[1] - s[0]))
