# verdict: partial
# diagnosis: mean_for_sum
# about: divides by the number of passes
from torch import nn


def gradient_without_zeroing(w, x_i, y_i, repeats):
    for _ in range(repeats):
        nn.functional.cross_entropy(w @ x_i, y_i).backward()
    return w.grad / repeats
