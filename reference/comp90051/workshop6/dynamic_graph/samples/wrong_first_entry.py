# verdict: partial
# about: looks at the first entry only
import torch


def dynamic_graph(x, n):
    for _ in range(n):
        if x[0] > 0:
            x = x / 2
        else:
            x = 3 * x + 1
    return x.sum()
