# verdict: accepted
# about: one step, then the rest
import torch


def dynamic_graph(x, n):
    if n == 0:
        return torch.sum(x)
    if x.detach().sum().item() > 0:
        return dynamic_graph(x * 0.5, n - 1)
    return dynamic_graph(x.mul(3).add(1), n - 1)
