# verdict: partial
# diagnosis: exception
# about: math.exp raises OverflowError at a gap of 1000
import math


def two_class_log_loss(w, x_i):
    s = w @ x_i
    return math.log(1 + math.exp(s[1] - s[0]))
