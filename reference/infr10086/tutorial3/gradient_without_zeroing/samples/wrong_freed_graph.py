# verdict: partial
# diagnosis: exception
# about: backward twice through one graph (right for a single pass)
from torch import nn


def gradient_without_zeroing(w, x_i, y_i, repeats):
    loss = nn.functional.cross_entropy(w @ x_i, y_i)
    for _ in range(repeats):
        loss.backward()
    return w.grad
