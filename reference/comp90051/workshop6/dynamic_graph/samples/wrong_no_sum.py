# verdict: partial
# diagnosis: wrong_shape
# about: returns the vector
import torch


def dynamic_graph(x, n):
    for _ in range(n):
        if x.sum() > 0:
            x = x / 2
        else:
            x = 3 * x + 1
    return x
