# verdict: partial
# diagnosis: detached
# about: wraps the result into a new tensor
import torch


def dynamic_graph(x, n):
    for _ in range(n):
        if x.sum() > 0:
            x = x / 2
        else:
            x = 3 * x + 1
    return torch.tensor(x.sum().item(), dtype=x.dtype)
