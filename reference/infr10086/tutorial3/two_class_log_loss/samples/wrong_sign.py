# verdict: partial
# diagnosis: sign
# about: log p without the minus (right only where both are 0)
import numpy as np


def two_class_log_loss(w, x_i):
    s = w @ x_i
    return -float(np.logaddexp(0, s[1] - s[0]))
