# verdict: partial
# diagnosis: wrong_gradient
# about: changes the leaf through .data
import torch


def dynamic_graph(x, n):
    for _ in range(n):
        if x.sum() > 0:
            x.data /= 2
        else:
            x.data = 3 * x.data + 1
    return x.sum()
