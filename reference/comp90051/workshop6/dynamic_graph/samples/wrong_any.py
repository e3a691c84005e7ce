# verdict: partial
# about: halves when any entry is positive
import torch


def dynamic_graph(x, n):
    for _ in range(n):
        if (x > 0).any():
            x = x / 2
        else:
            x = 3 * x + 1
    return x.sum()
