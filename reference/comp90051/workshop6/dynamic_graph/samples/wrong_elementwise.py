# verdict: partial
# diagnosis: wrong_value
# about: decides for each entry by itself
import torch


def dynamic_graph(x, n):
    for _ in range(n):
        x = torch.where(x > 0, x / 2, 3 * x + 1)
    return x.sum()
