# verdict: wrong_answer
# about: multiplies the parameters by 5 and -2 once more
import torch


def make_targets(x, w_true, b_true):
    return x @ (5 * w_true) - 2 * b_true
