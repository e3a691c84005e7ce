# verdict: accepted
# about: torch.where on both branches, with the sum broadcast
import torch


def dynamic_graph(x, n):
    for i in range(n):
        x = torch.where(x.sum() > 0, x / 2, 3 * x + 1)
    return x.sum()
