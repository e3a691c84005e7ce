# verdict: wrong_answer
# diagnosis: constant_factor
# about: a first pass before the loop
from torch import nn


def gradient_without_zeroing(w, x_i, y_i, repeats):
    ce = nn.CrossEntropyLoss()
    ce(w @ x_i, y_i).backward()
    for _ in range(repeats):
        ce(w @ x_i, y_i).backward()
    return w.grad
