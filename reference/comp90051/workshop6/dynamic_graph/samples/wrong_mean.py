# verdict: partial
# diagnosis: mean_for_sum
# about: returns the mean
import torch


def dynamic_graph(x, n):
    for _ in range(n):
        if x.sum() > 0:
            x = x / 2
        else:
            x = 3 * x + 1
    return x.mean()
