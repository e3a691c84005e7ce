# verdict: partial
# about: adds the piled-up gradient to itself
from torch import nn


def gradient_without_zeroing(w, x_i, y_i, repeats):
    nn.functional.cross_entropy(w @ x_i, y_i).backward()
    for _ in range(repeats - 1):
        w.grad += w.grad
    return w.grad
