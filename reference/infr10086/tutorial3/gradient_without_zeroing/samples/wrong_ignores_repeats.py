# verdict: wrong_answer
# about: always two passes
from torch import nn


def gradient_without_zeroing(w, x_i, y_i, repeats):
    ce = nn.CrossEntropyLoss()
    for _ in range(2):
        ce(w @ x_i, y_i).backward()
    return w.grad
