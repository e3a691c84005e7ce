# verdict: wrong_answer
# diagnosis: wrong_type
# about: returns a Python number
import torch


def dynamic_graph(x, n):
    for _ in range(n):
        if x.sum() > 0:
            x = x / 2
        else:
            x = 3 * x + 1
    return x.sum().item()
