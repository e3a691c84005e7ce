# verdict: wrong_answer
# about: takes n + 1 steps
import torch


def dynamic_graph(x, n):
    for _ in range(n + 1):
        if x.sum() > 0:
            x = x / 2
        else:
            x = 3 * x + 1
    return x.sum()
