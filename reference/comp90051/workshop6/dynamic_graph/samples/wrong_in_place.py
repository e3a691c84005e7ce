# verdict: runtime_error
# diagnosis: exception
# about: changes the leaf in place
import torch


def dynamic_graph(x, n):
    for _ in range(n):
        if x.sum() > 0:
            x /= 2
        else:
            x.mul_(3).add_(1)
    return x.sum()
