# verdict: partial
# about: forgets the 1
import torch


def dynamic_graph(x, n):
    for _ in range(n):
        if x.sum() > 0:
            x = x / 2
        else:
            x = 3 * x
    return x.sum()
