# verdict: wrong_answer
# about: zeroes after every pass, and looks at it then
from torch import nn


def gradient_without_zeroing(w, x_i, y_i, repeats):
    for _ in range(repeats):
        nn.functional.cross_entropy(w @ x_i, y_i).backward()
        w.grad.zero_()
    return w.grad
