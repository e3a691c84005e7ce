# verdict: partial
# diagnosis: detached
# about: detaches in every step
import torch


def dynamic_graph(x, n):
    for _ in range(n):
        if x.sum() > 0:
            x = x.detach() / 2
        else:
            x = 3 * x.detach() + 1
    return x.sum()
