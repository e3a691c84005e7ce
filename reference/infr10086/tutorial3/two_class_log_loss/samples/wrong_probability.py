# verdict: wrong_answer
# about: the probability, not its negative logarithm
import math


def two_class_log_loss(w, x_i):
    s = w @ x_i
    gap = s[1] - s[0]
    return 1 / (1 + math.exp(min(gap, 700)))
