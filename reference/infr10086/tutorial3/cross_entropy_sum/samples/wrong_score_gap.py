# verdict: partial
# about: the gap to the highest score: the hard version of the loss
import torch


def cross_entropy_sum(w, x_i, y_i):
    s = w @ x_i
    return s.max() - s[y_i]
