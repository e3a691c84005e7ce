# verdict: wrong_answer
# about: adds up the losses
from torch import nn


def gradient_without_zeroing(w, x_i, y_i, repeats):
    total = 0
    for _ in range(repeats):
        total = total + nn.functional.cross_entropy(w @ x_i, y_i)
    total.backward()
    return total
