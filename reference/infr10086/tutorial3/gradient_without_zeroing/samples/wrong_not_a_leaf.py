# verdict: wrong_answer
# diagnosis: none_returned
# about: reads the gradient of a copy that is not a leaf
from torch import nn


def gradient_without_zeroing(w, x_i, y_i, repeats):
    w = w.clone()
    for _ in range(repeats):
        nn.functional.cross_entropy(w @ x_i, y_i).backward()
    return w.grad
